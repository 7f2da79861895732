// A digit of 28 by 28 pixels: ink on paper in the colours of the theme, every pixel sharp at every size.
//
//   const picture = createPicture({ label: 'the decoded picture', class: 'large' });
//   picture.element                 // a canvas with role="img"
//   picture.show(values)            // 784 numbers 0..1 (0 paper, 1 ink); copied
//   picture.describe(text)          // another label for a screen reader
//   picture.clear()
//   paint(context, values, x, y)    // the same into any canvas context, unscaled (28 by 28 of its pixels)

import { element } from './dom.js';
import { channels, onTheme } from './theme.js';

const side = 28;

export function createPicture({ label = '', class: name = '' } = {}) {
    const canvas = element('canvas', { width: side, height: side, class: `picture ${name}`, role: 'img', 'aria-label': label });
    const context = canvas.getContext('2d');
    const kept = new Float32Array(side * side);
    let isFilled = false;

    function repaint() {
        if (isFilled)
            paint(context, kept, 0, 0);
        else
            context.clearRect(0, 0, side, side);
    }

    function show(values) {
        kept.set(values);
        isFilled = true;
        repaint();
    }

    function clear() {
        isFilled = false;
        repaint();
    }

    onTheme(canvas, repaint);
    return { element: canvas, show, clear, values: kept, describe: text => canvas.setAttribute('aria-label', text) };
}

const image = new ImageData(side, side);

export function paint(context, values, x, y) {
    const [paper, ink] = [channels('paper'), channels('ink')];
    const { data } = image;
    for (let index = 0; index < side * side; index++) {
        const value = values[index];
        for (let channel = 0; channel < 3; channel++)
            data[4 * index + channel] = paper[channel] + (ink[channel] - paper[channel]) * value;
        data[4 * index + 3] = 255;
    }
    context.putImageData(image, x, y);
}
