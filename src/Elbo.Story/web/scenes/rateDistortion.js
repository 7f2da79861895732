// The rate-distortion curve of scene 8: the KL to the right, the reconstruction term upwards, one point for each weight, with two standard
// errors to each side, and a dot that moves along it. An autoencoder has no KL: its reconstruction is a level. Names of points that would
// lie on another's are left out, those of higher weights last.
//
//   const curve = createRateDistortion({ label, level: { value, name } or undefined, points: [{ x, y, error, name }] });
//   curve.element; curve.mark(x, y); curve.right (the end of the axis); curve.destroy()

import { createSurface } from '../parts/canvas.js';
import { ticks } from '../parts/curve.js';
import { colour } from '../parts/theme.js';

const edge = { left: 40, right: 16, top: 24, bottom: 26 };

export function createRateDistortion({ label, level, points }) {
    const surface = createSurface(draw, { class: 'rate-distortion', role: 'img', 'aria-label': label });
    const furthest = Math.max(...points.map(({ x }) => x));
    const right = Math.ceil(furthest + Math.max(1, furthest / 20));
    const ys = points.flatMap(({ y, error }) => [y - error, y + error]).concat(level?.value ?? []);
    const [low, high] = [Math.floor(Math.min(...ys) / 10) * 10, Math.ceil(Math.max(...ys) / 10) * 10];
    let place = null;

    function draw(context, width, height) {
        const toX = x => edge.left + x / right * (width - edge.left - edge.right);
        const toY = y => height - edge.bottom - (y - low) / (high - low) * (height - edge.top - edge.bottom);
        context.font = '12px system-ui, sans-serif';
        context.strokeStyle = colour('line');
        context.textBaseline = 'middle';
        for (const value of ticks(low, high, 4)) {
            line(context, toX(0), toY(value), toX(right), toY(value));
            context.fillStyle = colour('reconstruction');
            context.textAlign = 'right';
            context.fillText(value, edge.left - 6, toY(value));
        }
        context.fillStyle = colour('kl');
        context.textAlign = 'center';
        for (const value of ticks(0, right, 8))
            context.fillText(value, toX(value), height - edge.bottom / 2);
        if (level)
            drawLevel(context, toX, toY);
        context.strokeStyle = context.fillStyle = colour('ink');
        context.lineWidth = 2;
        context.beginPath();
        points.forEach(({ x, y }) => context.lineTo(toX(x), toY(y)));
        context.stroke();
        for (const { x, y, error, name } of points) {
            line(context, toX(x), toY(y - error), toX(x), toY(y + error));
            for (const end of [y - error, y + error])
                line(context, toX(x) - 4, toY(end), toX(x) + 4, toY(end));
        }
        drawNames(context, points.map(({ x, y, name }) => ({ left: toX(x) + 4, middle: toY(y) - 13, name })));
        if (place) {
            context.fillStyle = colour('accent');
            context.beginPath();
            context.arc(toX(place[0]), toY(place[1]), 7, 0, 2 * Math.PI);
            context.fill();
        }
    }

    function drawLevel(context, toX, toY) {
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
    }

    function drawNames(context, names) {
        const drawn = [];
        context.textAlign = 'left';
        for (const { left, middle, name } of names.toReversed()) {
            const end = left + context.measureText(name).width;
            if (drawn.some(other => left < other.end + 3 && other.left < end + 3 && Math.abs(middle - other.middle) < 13))
                continue;
            drawn.push({ left, end, middle });
            context.fillText(name, left, middle);
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
