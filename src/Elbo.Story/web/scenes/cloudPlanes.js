// Scene 3's two planes: the whole one with all codes and the small ellipse, and the cloud close up with epsilon as an arrow. Side by side,
// or as two tabs on a phone.
//
//   const planes = createCloudPlanes({ host, cloud, codes, labels, onEpsilon });
//   planes.element; planes.invalidate(); planes.show('close' or 'whole'); planes.destroy()
//
// cloud = { mean, deviation, epsilon, draws }, read at every frame. The close plane follows the cloud, so that one of any size fills it:
// three of its larger deviation to each side.

import { element } from '../parts/dom.js';
import { arrow, axes, dots, ellipse, marker, once, points } from '../parts/layers.js';
import { createPlane } from '../parts/plane.js';

export function createCloudPlanes({ host, cloud, codes, labels, onEpsilon }) {
    const at = () => cloud.mean.map((mean, axis) => mean + cloud.deviation[axis] * cloud.epsilon[axis]);
    const close = createPlane({
        label: host.text('closeHint'), view: { x: 0, y: 0, range: 1 },
        layers: [
            dots(codes, labels, { radius: 4, fade: 0.3 }),
            ellipse(() => cloud),
            points(() => cloud.draws, 'ink', 3),
            points(() => [cloud.mean], 'accent', 4),
            arrow(() => ({ from: cloud.mean, to: at(), label: 'σε', gap: 11 }), 'kl'),
            marker(at, 'kl'),
        ],
        point: at,
        step: 0.03,
        onPoint: (x, y, phase) => onEpsilon((x - cloud.mean[0]) / cloud.deviation[0], (y - cloud.mean[1]) / cloud.deviation[1], phase),
    });
    const whole = createPlane({
        label: host.text('wholeHint'), view: { x: 0, y: 0, range: 4 },
        layers: [
            axes(),
            once(dots(codes, labels, { radius: 2.2, fade: 0.55 })),
            points(() => cloud.draws, 'ink', 1.5),
            ellipse(() => ({ mean: cloud.mean, deviation: cloud.deviation, least: 3 })),
            marker(() => cloud.mean, 'accent'),
            points(() => [at()], 'kl', 3),
        ],
    });
    const tabs = ['close', 'whole'].map(name =>
        element('button', { type: 'button', class: 'tab', onclick: () => show(name) }, host.text(name)));
    const width = element('span');
    const caption = (name, ...more) => element('figcaption', { class: 'caption' }, host.text(name), ...more);
    const box = element('div', { class: 'planes' },
        element('div', { class: 'tabs', role: 'group', 'aria-label': host.text('tabs') }, ...tabs),
        element('figure', { class: 'close' }, close.element, caption('close', ' · ', width)),
        element('figure', { class: 'whole' }, whole.element, caption('whole', ' · ', host.text('wide', { width: 8 }))));

    function show(name) {
        box.dataset.tab = name;
        tabs.forEach((tab, index) => tab.setAttribute('aria-pressed', String(name === ['close', 'whole'][index])));
    }

    show('close');
    return {
        element: box,
        show,
        invalidate() {
            const range = 3.1 * Math.max(...cloud.deviation);
            close.look({ x: cloud.mean[0], y: cloud.mean[1], range });
            width.textContent = host.text('wide', { width: (2 * range).toFixed(2) });
            whole.invalidate();
        },
        destroy() {
            close.destroy();
            whole.destroy();
        },
    };
}
