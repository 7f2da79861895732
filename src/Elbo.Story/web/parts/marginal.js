// The distribution of one latent dimension along the edge of a plane, with the curve of N(0, 1).
//
//   const marginal = createMarginal({ axis: 0, plane, read: () => ({ densities, range, colour }) });   // 0: above the plane, 1: beside it
//   marginal.element; marginal.invalidate(); marginal.describe(text); marginal.destroy()
//
// densities are those of equal cells from -range to range. N(0, 1) reaches half of the height; what is higher than twice that leaves
// through the edge.

import { createSurface } from './canvas.js';
import { colour } from './theme.js';

const highest = 0.8;
const normal = value => Math.exp(-value * value / 2) / Math.sqrt(2 * Math.PI);

export function createMarginal({ axis, plane, read }) {
    const surface = createSurface(draw, { class: `marginal marginal-${axis}`, role: 'img' });

    function draw(context, width, height) {
        const { toX, toY } = plane.view;
        const depth = axis === 0 ? height : width;
        const place = (value, density) => {
            const along = axis === 0 ? toX(value) : toY(value);
            const across = (depth - 2) * Math.min(2, density / highest);
            return axis === 0 ? [along, height - 1 - across] : [1 + across, along];
        };
        const { densities, range, colour: name } = read();
        const step = 2 * range / densities.length;
        context.beginPath();
        context.moveTo(...place(-range, 0));
        densities.forEach((density, index) => context.lineTo(...place((index + 0.5) * step - range, density)));
        context.lineTo(...place(range, 0));
        context.fillStyle = context.strokeStyle = colour(name);
        context.globalAlpha = 0.25;
        context.fill();
        context.globalAlpha = 1;
        context.lineWidth = 1.5;
        context.setLineDash([]);
        context.stroke();
        context.beginPath();
        for (let value = -range; value <= range; value += 0.05)
            context.lineTo(...place(value, normal(value)));
        context.strokeStyle = colour('ink');
        context.setLineDash([5, 4]);
        context.lineWidth = 2;
        context.stroke();
    }

    return {
        element: surface.element,
        invalidate: surface.invalidate,
        describe: text => surface.element.setAttribute('aria-label', text),
        destroy: surface.destroy,
    };
}
