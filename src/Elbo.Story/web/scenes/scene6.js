// Why an autoencoder cannot: draws of a VAE, of an autoencoder with the same network (from N(0, I) and from the Gaussian fitted to its own
// codes) and of noise without KL, each read by a classifier, beside test digits and random pixels. The errors shrink as draws are added.

import { createClassifier } from '../engine/classifier.js';
import { readCodes } from '../engine/codes.js';
import { createDigits, createGreyDigits } from '../engine/digits.js';
import { drawSources } from '../engine/drawSources.js';
import { fitGaussian } from '../engine/fittedGaussian.js';
import { createModel } from '../engine/model.js';
import { button, element } from '../parts/dom.js';
import { clampedInteger } from '../shell/link.js';
import { createTally } from './tally.js';

const most = 2000;
const handful = 8;
const enough = 500;      // draws after which the shares are certain enough for the insight
const slice = 7;         // milliseconds of a frame that drawing may take
const interval = 250;    // between two changes of the pictures while draws are added

export default {
    id: 6,
    packs: ['model-classifier', 'digits'],
    later: ['model-vae', 'model-ten-ae', 'model-ten-noise', 'codes-ten-ae', 'digits-grey'],
    optional: ['figures'],
    parse: raw => ({ draws: clampedInteger(raw.draws, 0, most, 0) }),
    create,
};

/** Nothing is drawn before the reader asks for it: what draws is loaded then. */
async function load(host) {
    const names = ['model-vae', 'model-ten-ae', 'model-ten-noise', 'codes-ten-ae', 'digits-grey'];
    const [vae, autoencoder, noise, codes, grey] = await Promise.all(names.map(host.load));
    return {
        vae: createModel(vae), autoencoder: createModel(autoencoder), noise: createModel(noise),
        fitted: fitGaussian(readCodes(codes)), grey: createGreyDigits(grey),
    };
}

function create(host) {
    const { packs, text } = host;
    const classifier = createClassifier(packs.get('model-classifier'));
    const loaded = {};
    const sources = drawSources(loaded, most, createDigits(packs.get('digits')).count);
    const tallies = sources.map(source => createTally({ source, host, classifier }));
    const few = button(text('draw', { count: handful }), () => {
        goTo(done() + handful);
        hasActed = true;
    }, { class: 'button primary' });
    const running = button(text('run', { count: most }), () => {
        goTo(wanted > done() ? done() : most);
        hasActed = true;
    });
    const again = button(text('restart'), restart);
    const count = element('span', { class: 'caption count' });
    let [wanted, frame, last, hasActed, loading, isOpen] = [0, 0, 0, false, null, true];

    host.element.append(element('div', { class: 'row controls' }, few, running, again, count), ...tallies.map(tally => tally.element));

    const done = () => tallies[0].count;
    const behind = tally => tally.count < Math.min(wanted, tally.most);

    function goTo(draws) {
        wanted = Math.min(most, draws);
        host.setState({ draws: wanted });
        cancelAnimationFrame(frame);
        if (wanted === 0 || loaded.vae)
            frame = requestAnimationFrame(step);
        else
            loading ??= load(host).then(begin);
        label();
    }

    function begin(all) {
        Object.assign(loaded, all);
        if (isOpen)
            frame = requestAnimationFrame(step);
    }

    /** One draw of every source after the other, so that all have as many, for a few milliseconds of each frame. */
    function step(now) {
        const end = performance.now() + slice;
        let isBehind = true;
        while (isBehind && performance.now() < end) {
            const open = tallies.filter(behind);
            open.forEach(tally => tally.draw());
            isBehind = open.length > 0;
        }
        if (!isBehind || (!host.reducedMotion && now - last > interval)) {
            last = now;
            tallies.forEach(tally => tally.show());
        }
        count.textContent = text('draws', { count: done() });
        frame = isBehind ? requestAnimationFrame(step) : 0;
        if (hasActed && done() >= enough)
            host.acted();
        if (!isBehind) {
            label();
            if (done())
                host.announce(tallies.map(tally => tally.said()).join(text('period')));
        }
    }

    function label() {
        const isRunning = wanted > done();
        running.textContent = text(isRunning ? 'stop' : 'run', { count: most });
        // Not disabled, which would take the focus away from a keyboard.
        few.setAttribute('aria-disabled', String(done() >= most));
        running.setAttribute('aria-disabled', String(!isRunning && done() >= most));
    }

    function restart() {
        tallies.forEach(tally => tally.restart());
        goTo(0);
    }

    goTo(host.state.draws);
    return {
        destroy() {
            isOpen = false;
            cancelAnimationFrame(frame);
        },
    };
}
