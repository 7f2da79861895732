// Many small digits on one canvas: rows and columns of 28 by 28 pixels with a gap between.
//
//   const sheet = createSheet({ columns: 4, rows: 4, label: '...' });
//   sheet.element; sheet.show(index, values); sheet.clear(); sheet.describe(text)

import { element } from './dom.js';
import { paint } from './picture.js';
import { onTheme } from './theme.js';

const side = 28;
const gap = 2;

export function createSheet({ columns, rows, label = '' }) {
    const canvas = element('canvas', {
        width: columns * (side + gap) - gap, height: rows * (side + gap) - gap, class: 'picture sheet', role: 'img', 'aria-label': label,
    });
    const context = canvas.getContext('2d');
    const kept = Array(columns * rows).fill(null);

    function repaint(index) {
        if (kept[index])
            paint(context, kept[index], (index % columns) * (side + gap), Math.floor(index / columns) * (side + gap));
    }

    function show(index, values) {
        kept[index] = Float32Array.from(values);
        repaint(index);
    }

    function clear() {
        kept.fill(null);
        context.clearRect(0, 0, canvas.width, canvas.height);
    }

    onTheme(canvas, () => kept.forEach((_, index) => repaint(index)));
    return { element: canvas, count: columns * rows, show, clear, describe: text => canvas.setAttribute('aria-label', text) };
}
