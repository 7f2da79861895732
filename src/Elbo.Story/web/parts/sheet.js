// Many small digits on one canvas: rows and columns of 28 by 28 pixels with a gap between.
//
//   const sheet = createSheet({ columns: 4, rows: 4, label: '...' });
//   sheet.element; sheet.show(index, values); sheet.showOnly(values) (one, as large as the sheet); sheet.clear(); sheet.describe(text)

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
    let only = null;

    function repaint(index) {
        if (kept[index])
            paint(context, kept[index], (index % columns) * (side + gap), Math.floor(index / columns) * (side + gap));
    }

    function showOnly(values) {
        clear();
        only = Float32Array.from(values);
        const single = new OffscreenCanvas(side, side);
        paint(single.getContext('2d'), only, 0, 0);
        context.imageSmoothingEnabled = false;
        context.drawImage(single, 0, 0, canvas.width, canvas.height);
    }

    function show(index, values) {
        if (only)
            clear();
        kept[index] = Float32Array.from(values);
        repaint(index);
    }

    function clear() {
        kept.fill(null);
        only = null;
        context.clearRect(0, 0, canvas.width, canvas.height);
    }

    onTheme(canvas, () => {
        if (only)
            showOnly(only);
        else
            kept.forEach((_, index) => repaint(index));
    });
    return { element: canvas, count: columns * rows, show, showOnly, clear, describe: text => canvas.setAttribute('aria-label', text) };
}
