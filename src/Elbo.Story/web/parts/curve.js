// A small plot of curves over one axis, with an optional moving dot and error bars.
//
//   const curve = createCurve({ label: '...', series: [{ id: 'kl', colour: 'kl' }], from: 0 });
//   curve.set('kl', [[x, y, error?], ...]); curve.mark('kl', [x, y] or null); curve.element; curve.destroy()
//
// ticks(low, high, count)      // round values between two numbers, about as many as asked
//
// The axes fit what is set; `from` is a value that the vertical axis always holds.

import { createSurface } from './canvas.js';
import { colour } from './theme.js';

const edge = { left: 44, right: 10, top: 10, bottom: 24 };

export function ticks(low, high, count) {
    const rough = (high - low) / count || 1;
    const power = 10 ** Math.floor(Math.log10(rough));
    const step = [1, 2, 5, 10].map(times => times * power).find(size => size >= rough);
    const values = [];
    for (let value = Math.ceil(low / step) * step; value <= high + 1e-9; value += step)
        values.push(Number(value.toPrecision(12)));
    return values;
}

export function createCurve({ label, series, from = null, class: name = '' }) {
    const data = new Map(series.map(({ id, colour: tone }) => [id, { points: [], mark: null, tone }]));
    const surface = createSurface(draw, { class: `curve ${name}`, role: 'img', 'aria-label': label });

    function draw(context, width, height) {
        const all = Array.from(data.values(), each => each.points).flat();
        if (all.length === 0)
            return;
        const xs = all.map(([x]) => x), ys = all.flatMap(([, y, error = 0]) => [y - error, y + error]).concat(from ?? []);
        const [left, right, low, high] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
        const toX = x => edge.left + (x - left) / (right - left || 1) * (width - edge.left - edge.right);
        const toY = y => height - edge.bottom - (y - low) / (high - low || 1) * (height - edge.top - edge.bottom);
        context.font = '12px system-ui, sans-serif';
        context.fillStyle = colour('muted');
        context.strokeStyle = colour('line');
        context.lineWidth = 1;
        context.textAlign = 'right';
        context.textBaseline = 'middle';
        for (const value of ticks(low, high, 4)) {
            context.beginPath();
            context.moveTo(edge.left, toY(value));
            context.lineTo(width - edge.right, toY(value));
            context.stroke();
            context.fillText(String(value), edge.left - 6, toY(value));
        }
        context.textAlign = 'center';
        for (const value of ticks(left, right, 4))
            context.fillText(String(value), toX(value), height - edge.bottom / 2);
        for (const { points, mark, tone } of data.values()) {
            context.strokeStyle = context.fillStyle = colour(tone);
            context.lineWidth = 2;
            context.beginPath();
            points.forEach(([x, y], index) => context[index ? 'lineTo' : 'moveTo'](toX(x), toY(y)));
            context.stroke();
            for (const [x, y, error] of points.filter(point => point[2])) {
                context.beginPath();
                context.moveTo(toX(x), toY(y - error));
                context.lineTo(toX(x), toY(y + error));
                context.stroke();
            }
            if (mark) {
                context.beginPath();
                context.arc(toX(mark[0]), toY(mark[1]), 6, 0, 2 * Math.PI);
                context.fill();
            }
        }
    }

    return {
        element: surface.element,
        set(id, points) {
            data.get(id).points = points;
            surface.invalidate();
        },
        mark(id, point) {
            data.get(id).mark = point;
            surface.invalidate();
        },
        describe: text => surface.element.setAttribute('aria-label', text),
        destroy: surface.destroy,
    };
}
