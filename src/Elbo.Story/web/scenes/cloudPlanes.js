// Scene 3's two planes: the whole one with all codes and the small ellipse, and the cloud close up with epsilon as an arrow. Side by side, or as two tabs
// on a phone.
//
//   const planes = createCloudPlanes({ host, cloud, codes, labels, onEpsilon });
//   planes.element; planes.invalidate(); planes.show('close' or 'whole'); planes.destroy()
//
// cloud = { mean, deviation, epsilon, draws }, read at every frame. The close plane shows units of sigma: its axes are those of epsilon, so that a cloud
// of any size fills it.

import { element } from '../parts/dom.js';
import { arrow, axes, dots, ellipse, marker, once, points } from '../parts/layers.js';
import { createPlane } from '../parts/plane.js';

export function createCloudPlanes({ host, cloud, codes, labels, onEpsilon }) {
    const at = () => cloud.mean.map((mean, axis) => mean + cloud.deviation[axis] * cloud.epsilon[axis]);
    const inSigma = ([x, y]) => [(x - cloud.mean[0]) / cloud.deviation[0], (y - cloud.mean[1]) / cloud.deviation[1]];
    const close = createPlane({
        label: host.text('closeHint'), view: { x: 0, y: 0, range: 3.2 },
        layers: [
            axes(),
            ellipse(() => ({ mean: [0, 0], deviation: [1, 1] })),
            points(() => cloud.draws.map(inSigma), 'ink', 3),
            arrow(() => ({ from: [0, 0], to: cloud.epsilon, label: 'ε' }), 'kl'),
            marker(() => cloud.epsilon, 'kl'),
        ],
        point: () => cloud.epsilon,
        onPoint: onEpsilon,
    });
    const whole = createPlane({
        label: host.text('wholeHint'), view: { x: 0, y: 0, range: 4 },
        layers: [
            axes(),
            once(dots(codes, labels, { radius: 2.2, fade: 0.55 })),
            points(() => cloud.draws, 'ink', 1.5),
            ellipse(() => ({ mean: cloud.mean, deviation: cloud.deviation, least: 3 })),
            halo(() => cloud.mean),
            points(() => [at()], 'kl', 3),
        ],
    });
    const tabs = ['close', 'whole'].map(name =>
        element('button', { type: 'button', class: 'tab', onclick: () => show(name) }, host.text(name)));
    const caption = name => element('figcaption', { class: 'caption' }, host.text(name));
    const box = element('div', { class: 'planes' },
        element('div', { class: 'tabs', role: 'group', 'aria-label': host.text('tabs') }, ...tabs),
        element('figure', { class: 'close' }, close.element, caption('close')),
        element('figure', { class: 'whole' }, whole.element, caption('whole')));

    function show(name) {
        box.dataset.tab = name;
        tabs.forEach((tab, index) => tab.setAttribute('aria-pressed', String(name === ['close', 'whole'][index])));
    }

    show('close');
    return {
        element: box,
        show,
        invalidate() {
            close.invalidate();
            whole.invalidate();
        },
        destroy() {
            close.destroy();
            whole.destroy();
        },
    };
}

// A ring that says where the small ellipse is.
const halo = read => (context, view) => marker(read, 'accent')(context, { ...view });
