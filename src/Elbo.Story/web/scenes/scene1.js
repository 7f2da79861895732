// A 6 on demand: sixteen draws of a VAE beside sixteen of a conditional VAE for a chosen digit. A change moves from one code or label to
// the next, and every picture on the way is decoded too.

import { createClassifier } from '../engine/classifier.js';
import { createModel } from '../engine/model.js';
import { createKeys } from '../parts/keys.js';
import { button, element } from '../parts/dom.js';
import { createSheet } from '../parts/sheet.js';
import { mixed, transition } from '../parts/transition.js';
import { clampedInteger } from '../shell/link.js';

const count = 16;

export default {
    id: 1,
    packs: ['model-vae', 'model-cvae'],
    optional: ['model-classifier'],
    parse: raw => ({ digit: clampedInteger(raw.digit, 0, 9, 6), draw: clampedInteger(raw.draw, 0, 9999, 0) }),
    create,
};

function oneHot(digit) {
    const features = new Float32Array(10);
    features[digit] = 1;
    return features;
}

function createWorld(host, { name, note, controls }) {
    const sheet = createSheet({ columns: 4, rows: 4 });
    const caption = element('p', { class: 'caption' }, '\u00a0');
    const box = element('div', { class: 'world' },
        element('h2', {}, host.text(name)), element('p', { class: 'caption' }, host.text(note)), sheet.element, caption, ...controls);
    return { box, sheet, caption };
}

function create(host) {
    // One draw of each until the reader acts: sixteen would answer the question that the prediction asks.
    const shown = new Map();
    const [vae, cvae] = ['model-vae', 'model-cvae'].map(name => createModel(host.packs.get(name)));
    const classifier = host.packs.has('model-classifier') ? createClassifier(host.packs.get('model-classifier')) : null;
    const keys = createKeys({ label: host.text('keys'), chosen: host.state.digit, onKey: digit });
    const drawing = button(host.text('draw'), drawVae, { class: 'button primary' });
    const left = createWorld(host, { name: 'vae', note: 'vaeNote', controls: [drawing] });
    const right = createWorld(host, { name: 'cvae', note: 'cvaeNote', controls: [button(host.text('again'), drawCvae)] });
    host.element.append(left.box, right.box, keys.element);
    let turn = host.state.draw;
    let [codes, styles] = [codesOf('vae', vae), codesOf('cvae', cvae)];
    let label = oneHot(host.state.digit);
    let [stopLeft, stopRight] = [() => {}, () => {}];

    function codesOf(name, model) {
        const random = host.random(`${name}/${turn}`);
        return Array.from({ length: count }, () => random.normals(model.latent));
    }

    function show({ sheet, caption }, model, all, condition) {
        if (!shown.get(model)) {
            sheet.showOnly(model.decode(all[0], condition));
            return;
        }
        let asked = 0;
        all.forEach((code, index) => {
            const picture = model.decode(code, condition);
            sheet.show(index, picture);
            if (classifier && classifier.read(picture).label === host.state.digit)
                asked++;
        });
        if (classifier)
            caption.textContent = host.text('count', { count: asked, digit: host.state.digit });
    }

    function describe() {
        left.sheet.describe(`${host.text('sheetVae')}${host.text('period')}${left.caption.textContent}`);
        const asked = host.text('sheetCvae', { digit: host.state.digit });
        right.sheet.describe(`${asked}${host.text('period')}${right.caption.textContent}`);
    }

    function move(world, model, from, to, condition, duration = 450) {
        return transition(duration, share => {
            show(world, model, from.map((code, index) => mixed(code, to[index], share)), condition(share));
            if (share === 1) {
                describe();
                host.announce(world.sheet.element.getAttribute('aria-label'));
            }
        }, host.reducedMotion);
    }

    function drawVae() {
        stopLeft();
        shown.set(vae, true);
        host.setState({ draw: ++turn % 10000 });
        const from = codes;
        codes = codesOf('vae', vae);
        stopLeft = move(left, vae, from, codes, () => undefined);
    }

    function drawCvae() {
        stopRight();
        shown.set(cvae, true);
        host.setState({ draw: ++turn % 10000 });
        const from = styles;
        styles = codesOf('cvae', cvae);
        stopRight = move(right, cvae, from, styles, () => label);
    }

    function digit(number) {
        stopRight();
        keys.choose(number);
        shown.set(cvae, true);
        host.setState({ digit: number });
        const [from, to] = [label, oneHot(number)];
        label = to;
        stopRight = move(right, cvae, styles, styles, share => mixed(from, to, share));
        show(left, vae, codes);
        host.acted();
    }

    shown.set(vae, host.state.draw > 0).set(cvae, host.state.draw > 0);
    show(left, vae, codes);
    show(right, cvae, styles, label);
    describe();
    return {
        digit,
        destroy() {
            stopLeft();
            stopRight();
        },
    };
}
