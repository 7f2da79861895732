// The clouds of an aggregate as a picture: where they lie one on another the ink is denser, in the mixture of their digits' colours.
//
//   const heap = createHeap(aggregate, labels);
//   heap.add(index); heap.remove(index)      // after the aggregate's own
//   heap.layer(() => alpha)                  // a layer for createPlane
//   heap.recolour(indices)                   // after a change of theme

import { classColour, colour } from '../parts/theme.js';

const half = 1 / 60;    // how much of one cloud's probability in a cell covers half of the paper there

export function createHeap(aggregate, labels) {
    const { cells, range } = aggregate;
    const canvas = new OffscreenCanvas(cells, cells);
    const context = canvas.getContext('2d');
    const image = new ImageData(cells, cells);
    const tints = new Float32Array(3 * cells * cells);
    let theme = colour('paper');
    let dirty = null;

    function rgb(label) {
        const value = Number.parseInt(classColour(label).slice(1), 16);
        return [value >> 16, (value >> 8) & 255, value & 255];
    }

    function change(index, sign) {
        const [x, y] = aggregate.footprint(index);
        if (!x.values.length || !y.values.length)
            return;
        const [red, green, blue] = rgb(labels[index]);
        const { data } = image;
        for (let row = 0; row < y.values.length; row++) {
            const line = y.first + row;
            for (let column = 0; column < x.values.length; column++) {
                const at = line * cells + x.first + column;
                const mass = sign * y.values[row] * x.values[column];
                tints[3 * at] += mass * red;
                tints[3 * at + 1] += mass * green;
                tints[3 * at + 2] += mass * blue;
                // The picture's first row is the top one.
                const pixel = 4 * ((cells - 1 - line) * cells + x.first + column);
                const whole = aggregate.masses[at];
                if (whole > 1e-9) {
                    for (let channel = 0; channel < 3; channel++)
                        data[pixel + channel] = tints[3 * at + channel] / whole;
                }
                data[pixel + 3] = whole > 1e-9 ? 255 * whole / (whole + half) : 0;
            }
        }
        const top = cells - y.first - y.values.length;
        const [right, bottom] = [x.first + x.values.length, top + y.values.length];
        dirty ??= [x.first, top, right, bottom];
        dirty = [Math.min(dirty[0], x.first), Math.min(dirty[1], top), Math.max(dirty[2], right), Math.max(dirty[3], bottom)];
    }

    /** The picture takes over what has changed since it was last drawn, at once for all clouds. */
    function flush() {
        if (!dirty)
            return;
        const [left, top, right, bottom] = dirty;
        context.putImageData(image, 0, 0, left, top, right - left, bottom - top);
        dirty = null;
    }

    function recolour(indices) {
        theme = colour('paper');
        tints.fill(0);
        indices.forEach(index => change(index, 1));
    }

    return {
        add: index => change(index, 1),
        remove: index => change(index, -1),
        recolour,
        get isStale() { return theme !== colour('paper'); },
        layer: alpha => (target, { toX, toY, scale }) => {
            flush();
            target.globalAlpha = alpha();
            target.drawImage(canvas, toX(-range), toY(range), 2 * range * scale, 2 * range * scale);
        },
    };
}
