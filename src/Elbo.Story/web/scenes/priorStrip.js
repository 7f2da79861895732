// A Gaussian of several dimensions, side by side: N(0, 1) as a band from -1 to 1, and in each dimension the mean as a dot and one
// deviation as a bar.
//
//   const strip = createPriorStrip({ label }); strip.element; strip.show({ mean, deviation }); strip.invalidate(); strip.destroy()

import { createSurface } from '../parts/canvas.js';
import { colour } from '../parts/theme.js';

const least = 5;

export function createPriorStrip({ label }) {
    let [prior, reach] = [null, least];
    const surface = createSurface(draw, { class: 'prior-strip', role: 'img', 'aria-label': label });

    function draw(context, width, height) {
        const toY = value => height / 2 - (value / reach) * (height / 2 - 6);
        context.fillStyle = colour('line');
        context.globalAlpha = 0.5;
        context.fillRect(0, toY(1), width, toY(-1) - toY(1));
        context.globalAlpha = 1;
        context.strokeStyle = colour('edge');
        context.beginPath();
        context.moveTo(0, toY(0));
        context.lineTo(width, toY(0));
        context.stroke();
        if (!prior)
            return;
        context.strokeStyle = context.fillStyle = colour('accent');
        context.lineWidth = 3;
        const { mean, deviation } = prior;
        mean.forEach((value, index) => {
            const x = (index + 0.5) / mean.length * width;
            context.beginPath();
            context.moveTo(x, toY(value - deviation[index]));
            context.lineTo(x, toY(value + deviation[index]));
            context.stroke();
            context.beginPath();
            context.arc(x, toY(value), 5, 0, 2 * Math.PI);
            context.fill();
        });
    }

    return {
        element: surface.element,
        show(next) {
            prior = next;
            const farthest = Math.max(...Array.from(next.mean, (value, index) => Math.abs(value) + next.deviation[index]));
            reach = Math.max(least, Math.ceil(farthest));
            surface.element.setAttribute('aria-label', Array.from(next.mean, value => value.toFixed(1)).join(', '));
            surface.invalidate();
        },
        invalidate: surface.invalidate,
        destroy: surface.destroy,
    };
}
