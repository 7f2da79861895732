// The rate-distortion curve of scene 8: the KL to the right, the reconstruction term upwards, one point for each weight, with two standard
// errors to each side, and a dot that moves along it. The autoencoder has no KL: its reconstruction is a level.
//
//   const curve = createRateDistortion({ label, level: { value, name }, points: [{ x, y, error, name }] });
//   curve.element; curve.mark(x, y); curve.right (the end of the axis); curve.destroy()

import { createSurface } from '../parts/canvas.js';
import { colour } from '../parts/theme.js';

const edge = { left: 40, right: 16, top: 24, bottom: 26 };

export function createRateDistortion({ label, level, points }) {
    const surface = createSurface(draw, { class: 'rate-distortion', role: 'img', 'aria-label': label });
    const right = Math.ceil(Math.max(...points.map(({ x }) => x)) + 1);
    const ys = points.map(({ y }) => y).concat(level.value);
    const [low, high] = [Math.floor(Math.min(...ys) / 10) * 10, Math.ceil(Math.max(...ys) / 10) * 10];
    let place = null;

    function draw(context, width, height) {
        const toX = x => edge.left + x / right * (width - edge.left - edge.right);
        const toY = y => height - edge.bottom - (y - low) / (high - low) * (height - edge.top - edge.bottom);
        context.font = '12px system-ui, sans-serif';
        context.strokeStyle = colour('line');
        context.textBaseline = 'middle';
        for (let value = low; value <= high; value += 20) {
            line(context, toX(0), toY(value), toX(right), toY(value));
            context.fillStyle = colour('reconstruction');
            context.textAlign = 'right';
            context.fillText(value, edge.left - 6, toY(value));
        }
        context.fillStyle = colour('kl');
        context.textAlign = 'center';
        for (let value = 0; value <= right; value += 2)
            context.fillText(value, toX(value), height - edge.bottom / 2);
        context.strokeStyle = context.fillStyle = colour('muted');
        context.setLineDash([5, 4]);
        line(context, toX(0), toY(level.value), toX(right), toY(level.value));
        context.setLineDash([]);
        context.textAlign = 'left';
        // The lines of the axes end before it.
        context.strokeStyle = colour('ground');
        context.lineWidth = 4;
        context.strokeText(level.name, toX(0) + 6, toY(level.value) + 10);
        context.fillText(level.name, toX(0) + 6, toY(level.value) + 10);
        context.strokeStyle = context.fillStyle = colour('ink');
        context.lineWidth = 2;
        context.beginPath();
        points.forEach(({ x, y }) => context.lineTo(toX(x), toY(y)));
        context.stroke();
        for (const { x, y, error, name } of points) {
            line(context, toX(x), toY(y - error), toX(x), toY(y + error));
            for (const end of [y - error, y + error])
                line(context, toX(x) - 4, toY(end), toX(x) + 4, toY(end));
            context.fillText(name, toX(x) + 4, toY(y) - 13);
        }
        if (place) {
            context.fillStyle = colour('accent');
            context.beginPath();
            context.arc(toX(place[0]), toY(place[1]), 7, 0, 2 * Math.PI);
            context.fill();
        }
    }

    return {
        element: surface.element,
        right,
        mark(x, y) {
            place = [x, y];
            surface.invalidate();
        },
        destroy: surface.destroy,
    };
}

function line(context, ...[x0, y0, x1, y1]) {
    context.beginPath();
    context.moveTo(x0, y0);
    context.lineTo(x1, y1);
    context.stroke();
}
