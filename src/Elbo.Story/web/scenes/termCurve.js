// One term of the loss over the steps of a training, for three models: each step as it was measured, thin, and its running mean, thick.

import { createSurface } from '../parts/canvas.js';
import { element } from '../parts/dom.js';
import { nats } from '../parts/nats.js';
import { colour } from '../parts/theme.js';

const edge = { left: 40, right: 12, top: 8, bottom: 22 };
const memory = 0.1, dashes = [[], [2, 3], [8, 4]];

/** As many as the value has, at most two. */
const decimals = value => [0, 1].find(count => Number.isInteger(Number((value * 10 ** count).toFixed(6)))) ?? 2;

export function createTermCurve({ term, text, ids }) {
    let series = fresh();
    const title = text(term === 'kl' ? 'curveKl' : 'curveReconstruction');
    const surface = createSurface(draw, { class: 'term-curve', role: 'img', 'aria-label': title });

    function fresh() {
        return ids.map(id => ({ tone: `pull-${id}`, points: [], mean: null }));
    }

    /** isMean: whether the value is a mean over several steps already. */
    function add(model, step, value, isMean) {
        const one = series[model];
        one.mean = one.mean === null || isMean ? value : one.mean + memory * (value - one.mean);
        one.points.push([step, one.mean, value]);
    }

    function draw(context, width, height) {
        const last = Math.max(20, series[0].points.at(-1)?.[0] ?? 0);
        // The first steps of the reconstruction are far above all others; the frame follows what the means have come to.
        const all = series.flatMap(({ points }) => points.slice(Math.min(3, points.length - 1)).map(point => point[1]));
        const high = nice(all.length ? Math.max(...all) : 1);
        const toX = step => edge.left + (step / last) * (width - edge.left - edge.right);
        const toY = value => height - edge.bottom - (Math.min(value, high) / high) * (height - edge.top - edge.bottom);
        context.font = '12px system-ui, sans-serif';
        context.lineWidth = 1;
        context.strokeStyle = colour('line');
        context.fillStyle = colour('muted');
        context.textAlign = 'right';
        for (const share of [0, 0.5, 1]) {
            context.beginPath();
            context.moveTo(edge.left, toY(share * high));
            context.lineTo(width - edge.right, toY(share * high));
            context.stroke();
            context.fillText(nats(share * high, decimals(share * high)), edge.left - 6, toY(share * high) + 4);
        }
        context.textAlign = 'center';
        context.fillText(String(last), toX(last) - 8, height - 6);
        context.fillText('0', toX(0), height - 6);
        for (const [index, { tone, points }] of series.entries()) {
            context.strokeStyle = colour(tone);
            context.setLineDash(dashes[index]);
            context.lineWidth = 2.2;
            context.beginPath();
            // As many points as there are pixels: a long training costs a frame no more than a short one.
            const stride = Math.max(1, Math.floor(points.length / width));
            for (let n = 0; n < points.length; n += stride)
                context.lineTo(toX(points[n][0]), toY(points[n][1]));
            context.stroke();
        }
        context.setLineDash([]);
    }

    return {
        element: element('figure', {}, element('figcaption', { class: `caption term-${term}` }, title), surface.element),
        add,
        invalidate: surface.invalidate,
        clear() {
            series = fresh();
            surface.invalidate();
        },
        destroy: surface.destroy,
    };
}

/** The next of 1, 2, 5, 10, 20, 40, 60, 100 ... above a value. */
function nice(value) {
    const power = 10 ** Math.floor(Math.log10(Math.max(1e-3, value)));
    return [1, 1.5, 2, 3, 4, 6, 8, 10].map(times => times * power).find(size => size >= value * 1.02) ?? 10 * power;
}
