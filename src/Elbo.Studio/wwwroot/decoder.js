// The decoder of a model in the browser, by the modules of the story: it draws what the hand changes in the frame in which it moves.
//
//   const hand = attach(element, changed)   // element has data-decoder and data-condition, the addresses of both files
//   hand.load()                             // loads what the element names, if it is not there yet: nothing is loaded before it is needed
//   hand.decoder                            // null until it is there, and for ever where the browser cannot decode
//   hand.decoder.latent; hand.decoder.paint(canvas, code)
//   hand.dispose()
//
// changed() is called when the element names another decoder, which is loaded at once if the last one was.

const packs = new Map();
const maxPacks = 8;

function pack(address) {
    if (!packs.has(address)) {
        if (packs.size >= maxPacks)
            packs.delete(packs.keys().next().value);
        packs.set(address, read(address).catch(() => {
            // A server that does not answer may do so later; until then it decodes itself.
            packs.delete(address);
            return null;
        }));
    }
    return packs.get(address);
}

const module = name => import(new URL(`story/modules/engine/${name}.js`, document.baseURI));

async function read(address) {
    const [{ parseSafetensors }, response] = await Promise.all([module('safetensors'), fetch(address)]);
    return response.status === 200 ? parseSafetensors(new Uint8Array(await response.arrayBuffer())) : null;
}

async function open(weights, condition) {
    const [{ createModel }, of, at] = await Promise.all([module('model'), pack(weights), condition ? pack(condition) : undefined]);
    if (!of || at === null)
        return null;
    const model = createModel({ metadata: of.metadata, tensors: new Map([...of.tensors, ...at?.tensors ?? []]) });
    const [width, height, channels] = ['width', 'height', 'channels'].map(name => Number(of.metadata[name]));
    const [isGiven, given] = ['isGiven', 'given'].map(name => at?.tensors.get(name)?.data);
    const image = new ImageData(width, height);

    function paint(canvas, code) {
        const values = model.decode(code);
        isGiven?.forEach((is, index) => { values[index] = is ? given[index] : values[index]; });
        const plane = width * height;
        for (let pixel = 0; pixel < plane; pixel++) {
            for (let channel = 0; channel < 3; channel++)
                image.data[4 * pixel + channel] = 255 * values[pixel + (channels === 3 ? channel * plane : 0)];
            image.data[4 * pixel + 3] = 255;
        }
        if (canvas.width !== width || canvas.height !== height)
            [canvas.width, canvas.height] = [width, height];
        canvas.getContext('2d').putImageData(image, 0, 0);
    }

    return { latent: model.latent, paint };
}

export function attach(element, changed) {
    let decoder = null;
    let wanted = null;

    const named = () => JSON.stringify([element.dataset.decoder ?? '', element.dataset.condition ?? '']);

    async function load() {
        const { decoder: weights, condition } = element.dataset;
        const name = named();
        if (!weights || name === wanted)
            return;
        wanted = name;
        const opened = await open(weights, condition).catch(() => null);
        if (wanted !== name)
            return;
        decoder = opened;
        element.dataset.hand = opened ? 'ready' : 'server';
        if (!opened)
            wanted = null;
    }

    const observer = new MutationObserver(() => {
        if (named() === wanted)
            return;
        const wasLoaded = wanted !== null;
        wanted = decoder = null;
        delete element.dataset.hand;
        changed();
        if (wasLoaded)
            load();
    });
    observer.observe(element, { attributeFilter: ['data-decoder', 'data-condition'] });
    // The hand may have been there before the script.
    if (element.matches(':hover, :focus-within'))
        load();
    return {
        load,
        get decoder() { return decoder; },
        dispose: () => observer.disconnect(),
    };
}

/** Calls back once, some time after the last call of soon(), or at once by now() if a call is due. */
export function afterRest(act, milliseconds = 200) {
    let timer = 0;
    function now() {
        if (!timer)
            return;
        cancel();
        act();
    }
    function cancel() {
        clearTimeout(timer);
        timer = 0;
    }
    return {
        now,
        cancel,
        soon() {
            clearTimeout(timer);
            timer = setTimeout(now, milliseconds);
        },
        get isDue() { return timer !== 0; },
    };
}
