// The token is in the fragment of the printed address, which no browser sends to a server; it stays in this tab.
const key = 'elbo-server-token';
const part = id => document.getElementById(id);
const pictures = ['sample', 'decode', 'complete'];
let models = [];

function takeToken() {
    const given = new URLSearchParams(location.hash.slice(1)).get('token');
    if (given) {
        sessionStorage.setItem(key, given);
        history.replaceState(null, '', location.pathname);
    }
}

function show(id, visible) {
    part(id).hidden = !visible;
}

function notify(text) {
    part('notice').textContent = text;
    show('notice', Boolean(text));
}

function send(path, options = {}) {
    return fetch(path, { ...options, headers: { ...options.headers, Authorization: `Bearer ${sessionStorage.getItem(key)}` } });
}

async function problemOf(response) {
    const text = await response.text();
    try {
        return JSON.parse(text).detail ?? text;
    } catch {
        return text;
    }
}

async function post(model, operation, body, accept) {
    const response = await send(`v1/models/${encodeURIComponent(model.name)}/${operation}`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', Accept: accept },
        body,
    });
    if (!response.ok) {
        throw new Error(await problemOf(response));
    }
    return response;
}

const chosen = () => models.find(model => model.name === part('model').value);

function conditionOf(model) {
    return {
        ...(model.labels.length > 0 && { labels: [model.labels.at(Math.min(6, model.labels.length - 1))] }),
        ...(model.attributeCount > 0 && { attributes: [new Array(model.attributeCount).fill(0)] }),
    };
}

// A request that the model answers, with one of its own samples where it takes an example.
async function exampleOf(model, operation) {
    const condition = conditionOf(model);
    const hidden = model.visible ? new Array(model.shape.reduce((all, size) => all * size)).fill(0) : null;
    if (operation === 'sample') {
        return { count: 16, seed: 1, ...condition, ...(hidden && { visible: hidden }) };
    }
    if (operation === 'decode') {
        return { codes: [new Array(model.latentSize).fill(0)], ...condition, ...(hidden && { visible: hidden }) };
    }
    const answer = await (await post(model, 'sample', JSON.stringify({
        count: 1, seed: 1, ...condition, ...(hidden && { visible: hidden }),
    }), 'application/json')).json();
    const isBinary = model.units === 'zeros and ones';
    const values = answer.values[0].map(value => (isBinary ? Math.round(value) : Number(value.toFixed(3))));
    return operation === 'complete' ? { values, count: 16, seed: 1, ...condition } : { values: [values], ...condition };
}

function describe(model) {
    const size = model.shape.length === 3 ? `pictures of ${model.shape.join(' x ')}` : `rows of ${model.shape[0]} numbers`;
    const labels = model.labels.length > 0 ? `, labels ${model.labels.join(', ')}` : '';
    const threshold = model.threshold ? `, anomalies above ${model.threshold.value.toFixed(1)} nats` : '';
    return `A ${model.kind} of ${size} (${model.units}), ${model.latentSize} latent dimensions${labels}${threshold}.`;
}

async function fill() {
    const model = chosen();
    const operation = part('operation').value;
    part('about').textContent = describe(model);
    show('format-choice', pictures.includes(operation) && model.shape.length === 3);
    show('answer', false);
    notify('');
    try {
        const example = await exampleOf(model, operation);
        if (chosen() === model && part('operation').value === operation) {
            part('body').value = JSON.stringify(example);
        }
    } catch (error) {
        notify(error.message);
    }
}

function chooseModel() {
    const wanted = part('operation').value;
    part('operation').replaceChildren(...chosen().operations.map(name => new Option(name, name, false, name === wanted)));
    return fill();
}

const quoted = text => `'${text.replaceAll("'", `'\\''`)}'`;

function commandOf(path, body, accept) {
    const file = accept === 'image/png' ? ' -o examples.png' : '';
    return `curl -s ${quoted(new URL(path, location.href).href)} -H "Authorization: Bearer $ELBO_SERVER_TOKEN" `
        + `-H 'Content-Type: application/json' -H 'Accept: ${accept}'${file} -d ${quoted(body)}`;
}

async function submit(event) {
    event.preventDefault();
    const model = chosen();
    const operation = part('operation').value;
    const accept = part('format-choice').hidden ? 'application/json' : part('format').value;
    const body = part('body').value;
    notify('');
    const start = performance.now();
    try {
        const response = await post(model, operation, body, accept);
        const isPicture = response.headers.get('Content-Type') === 'image/png';
        if (isPicture) {
            URL.revokeObjectURL(part('picture').src);
            part('picture').src = URL.createObjectURL(await response.blob());
        } else {
            part('text').textContent = JSON.stringify(await response.json());
        }
        show('picture', isPicture);
        show('text', !isPicture);
        part('command').textContent = commandOf(`v1/models/${encodeURIComponent(model.name)}/${operation}`, body, accept);
        part('time').textContent = `Answered in ${Math.round(performance.now() - start)} ms.`;
        show('answer', true);
    } catch (error) {
        part('time').textContent = '';
        notify(error.message);
    }
}

async function open() {
    if (!sessionStorage.getItem(key)) {
        show('access', true);
        return;
    }
    const response = await send('v1/models');
    if (!response.ok) {
        sessionStorage.removeItem(key);
        show('access', true);
        notify(await problemOf(response));
        return;
    }
    models = (await response.json()).models;
    notify('');
    show('access', false);
    show('request', true);
    part('model').replaceChildren(...models.map(model => new Option(model.name)));
    await chooseModel();
}

part('access').addEventListener('submit', event => {
    event.preventDefault();
    sessionStorage.setItem(key, part('token').value.trim());
    open();
});
part('model').addEventListener('change', chooseModel);
part('operation').addEventListener('change', fill);
part('request').addEventListener('submit', submit);
takeToken();
open();
