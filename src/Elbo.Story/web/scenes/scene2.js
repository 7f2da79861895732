// Why not draw images directly: 784 pixels thrown at random beside a place in the latent plane, decoded.

import { createClassifier } from '../engine/classifier.js';
import { createModel } from '../engine/model.js';
import { numbers } from '../engine/packs.js';
import { button, element } from '../parts/dom.js';
import { axes, marker, once } from '../parts/layers.js';
import { createPicture } from '../parts/picture.js';
import { createPlane } from '../parts/plane.js';
import { atlas, loupe } from './atlas.js';
import { clampedNumber } from '../shell/link.js';

const range = 3;
const signed = value => value.toFixed(2).replace('-', '−');

export default {
    id: 2,
    packs: ['model-plane', 'digits-mean'],
    optional: ['model-classifier'],
    parse: raw => ({
        x: clampedNumber(raw.x, -range, range, 0.4), y: clampedNumber(raw.y, -range, range, 0.6),
        pixels: raw.pixels === 'mean' ? 'mean' : 'even',
    }),
    create,
};

function create(host) {
    const model = createModel(host.packs.get('model-plane'));
    const classifier = host.packs.has('model-classifier') ? createClassifier(host.packs.get('model-classifier')) : null;
    const mean = numbers(host.packs.get('digits-mean'), 'mean');
    const random = host.random('pixels');
    const noise = createPicture({ label: host.text('noise') });
    const decoded = createPicture({ label: host.text('decoded') });
    const thrown = element('span');
    const place = element('span');
    const throwing = button(host.text('throw'), toggle, { class: 'button primary' });
    const kind = element('select', { 'aria-label': host.text('kind'), onchange: () => {
        host.setState({ pixels: kind.value });
        cast();
    } }, ...['even', 'mean'].map(value => element('option', { value, selected: host.state.pixels === value }, host.text(value))));
    const at = () => [host.state.x, host.state.y];
    const plane = createPlane({
        label: host.text('plane'), view: { x: 0, y: 0, range }, hovers: true,
        layers: [once(atlas(model)), axes(), marker(at), loupe(at, decoded)],
        point: at,
        onPoint: (x, y, phase) => {
            move(clampedNumber(x, -range, range, 0), clampedNumber(y, -range, range, 0));
            if (phase === 'up' || phase === 'key') {
                say();
                host.acted();
            }
        },
    });
    const pixels = new Float32Array(784);
    const caption = (name, value) => element('figcaption', { class: 'caption' }, host.text(name), ' · ', value);
    let [count, frame] = [0, 0];
    host.element.append(
        element('figure', { class: 'noise' }, noise.element, caption('noise', thrown)),
        element('figure', { class: 'decoded' }, decoded.element, caption('decoded', place)),
        element('div', { class: 'noise-control' }, throwing, kind),
        element('div', { class: 'over' }, plane.element));

    function cast() {
        for (let index = 0; index < pixels.length; index++)
            pixels[index] = random.uniform() < (host.state.pixels === 'mean' ? mean[index] : 0.5) ? 1 : 0;
        noise.show(pixels);
        thrown.textContent = host.text('throws', { count: ++count });
    }

    function toggle() {
        if (host.reducedMotion)
            cast();
        else if (frame)
            stop();
        else
            run();
    }

    function run() {
        cast();
        throwing.textContent = host.text('stop');
        frame = requestAnimationFrame(run);
    }

    function stop() {
        cancelAnimationFrame(frame);
        frame = 0;
        throwing.textContent = host.text('throw');
    }

    function move(x, y) {
        host.setState({ x, y });
        decoded.show(model.decode([x, y]));
        place.textContent = host.text('at', { x: signed(x), y: signed(y) });
        plane.invalidate();
    }

    function say() {
        const read = classifier?.read(decoded.values);
        const text = read ? host.text('reads', { label: read.label, share: Math.round(100 * read.confidence) }) : place.textContent;
        decoded.describe(`${host.text('decoded')}${host.text('colon')}${text}`);
        host.announce(text);
    }

    cast();
    move(host.state.x, host.state.y);
    return {
        destroy() {
            stop();
            plane.destroy();
        },
    };
}
