// One of the three worlds of scene 5: its codes and clouds in a frame that fits them, what it draws from N(0, I), and its two terms.

import { element } from '../parts/dom.js';
import { nats } from '../parts/nats.js';
import { createPlane } from '../parts/plane.js';
import { createSheet } from '../parts/sheet.js';
import { classColour, colour } from '../parts/theme.js';

const clouds = 60, columns = 6, rows = 2, smallest = 3.2;

export function createWorld({ id, text, labels, reducedMotion }) {
    let codes = null, frame = 0;
    let [now, wanted] = [{ x: 0, y: 0, range: smallest }, { x: 0, y: 0, range: smallest }];
    const name = text(id);
    const plane = createPlane({ label: text('plane', { count: 0, world: name }), view: now, layers: [circles, cloudLayer, dotLayer] });
    const sheet = createSheet({ columns, rows, label: text('samples', { world: name }) });
    const edge = element('span', { class: 'edge caption' });
    const terms = element('p', { class: 'caption terms' });
    const world = element('section', { class: `pull pull-${id}` },
        element('h2', {}, element('span', { class: `swatch swatch-${id}`, 'aria-hidden': 'true' }), name),
        element('div', { class: 'framed' }, plane.element, edge), sheet.element, terms);

    /** One and two deviations of N(0, I): in a frame that grows they shrink. */
    function circles(context, { toX, toY, scale }) {
        context.strokeStyle = colour('edge');
        context.setLineDash([3, 4]);
        for (const radius of [1, 2]) {
            context.beginPath();
            context.arc(toX(0), toY(0), radius * scale, 0, 2 * Math.PI);
            context.stroke();
        }
    }

    function cloudLayer(context, { toX, toY, scale }) {
        if (!codes)
            return;
        context.lineWidth = 1;
        for (let n = 0; n < clouds; n++) {
            context.strokeStyle = context.fillStyle = classColour(labels[n]);
            context.beginPath();
            const [x, y, across, up] = codes.subarray(4 * n, 4 * n + 4);
            context.ellipse(toX(x), toY(y), across * scale, up * scale, 0, 0, 2 * Math.PI);
            context.globalAlpha = 0.03;
            context.fill();
            context.globalAlpha = 0.45;
            context.stroke();
        }
    }

    function dotLayer(context, { toX, toY }) {
        if (!codes)
            return;
        for (let n = 0; n < codes.length / 4; n++) {
            context.fillStyle = classColour(labels[n]);
            context.fillRect(toX(codes[4 * n]) - 1.5, toY(codes[4 * n + 1]) - 1.5, 3, 3);
        }
    }

    /** The frame of the unit circles, the codes and their clouds; the farthest few of each side do not decide. */
    function fitting() {
        const sides = [0, 1].map(axis => {
            const low = [], high = [];
            for (let n = 0; n < codes.length / 4; n++) {
                low.push(codes[4 * n + axis] - codes[4 * n + 2 + axis]);
                high.push(codes[4 * n + axis] + codes[4 * n + 2 + axis]);
            }
            low.sort((a, b) => a - b);
            high.sort((a, b) => a - b);
            const few = Math.floor(0.004 * low.length);
            return [Math.min(-2.2, low[few]), Math.max(2.2, high[high.length - 1 - few])];
        });
        const [x, y] = sides.map(([low, high]) => (low + high) / 2);
        return { x, y, range: Math.max(smallest, 1.1 * Math.max(...sides.map(([low, high]) => (high - low) / 2))) };
    }

    function glide() {
        frame = 0;
        const share = reducedMotion ? 1 : 0.2;
        for (const key of ['x', 'y', 'range'])
            now[key] += (wanted[key] - now[key]) * share;
        if (['x', 'y', 'range'].some(key => Math.abs(wanted[key] - now[key]) > 0.004 * now.range))
            frame = requestAnimationFrame(glide);
        plane.look(now);
        edge.textContent = text('edge', { range: (2 * now.range).toFixed(1) });
    }

    function show(model, latest) {
        codes = model.codes;
        wanted = fitting();
        frame ||= requestAnimationFrame(glide);
        for (let n = 0; n < columns * rows; n++)
            sheet.show(n, Float32Array.from(model.pictures.subarray(784 * n, 784 * (n + 1)), value => value / 255));
        const [reconstruction, kl] = latest?.map(value => nats(value, 1)) ?? ['', '\u00a0'];
        terms.replaceChildren(element('span', { class: 'term-reconstruction' }, reconstruction), latest ? ' + ' : '',
            element('span', { class: 'term-kl' }, kl));
        plane.describe(text('plane', { count: codes.length / 4, world: name }));
    }

    return {
        element: world,
        show,
        reset() { now = { x: 0, y: 0, range: smallest }; },
        destroy() {
            cancelAnimationFrame(frame);
            plane.destroy();
        },
    };
}
