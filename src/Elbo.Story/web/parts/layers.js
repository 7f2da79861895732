// What a plane can show; each makes a layer, a function (context, view), for createPlane. Values that change are given as functions.
//
//   axes()                                      cross and circles of N(0, I) at 1, 2 and 3 deviations
//   dots(codes, labels, { radius, fade, only }) the means of a pack's codes, coloured by class; only(index) -> whether it is shown
//   ellipse(() => ({ mean, deviation, colour, fill }) or null)       circles of 1 and 2 deviations of an axis-aligned Gaussian
//   points(() => [[x, y], ...], colour)         small dots
//   marker(() => [x, y] or null, colour)        a ring with a dot
//   arrow(() => ({ from, to, label, gap }) or null, colour)   gap: pixels left free before its end, for a marker there
//   once(layer, of)                             keeps a costly layer as a picture until the view, the size, the theme or of() changes

import { classColour, colour } from './theme.js';

export const axes = () => (context, { toX, toY, scale, width, height }) => {
    context.strokeStyle = colour('line');
    context.lineWidth = 1;
    context.beginPath();
    context.moveTo(0, toY(0));
    context.lineTo(width, toY(0));
    context.moveTo(toX(0), 0);
    context.lineTo(toX(0), height);
    context.stroke();
    for (const radius of [1, 2, 3]) {
        context.beginPath();
        context.arc(toX(0), toY(0), radius * scale, 0, 2 * Math.PI);
        context.stroke();
    }
};

export const dots = (codes, labels, { radius = 2.2, fade = 0.8, only = () => true } = {}) => (context, { toX, toY, width, height }) => {
    context.globalAlpha = typeof fade === 'function' ? fade() : fade;
    for (let index = 0; index < codes.count; index++) {
        const [x, y] = [toX(codes.means[2 * index]), toY(codes.means[2 * index + 1])];
        // Close up, nearly all lie outside.
        if (x < -radius || x > width + radius || y < -radius || y > height + radius || !only(index))
            continue;
        context.fillStyle = classColour(labels[index]);
        context.beginPath();
        context.arc(x, y, radius, 0, 2 * Math.PI);
        context.fill();
    }
};

export const ellipse = read => (context, { toX, toY, scale }) => {
    const shape = read();
    if (!shape)
        return;
    const { mean, deviation, colour: name = 'accent', least = 0 } = shape;
    for (const [times, alpha] of [[2, 0.14], [1, 0.22]]) {
        context.beginPath();
        context.ellipse(toX(mean[0]), toY(mean[1]), Math.max(least * times, times * deviation[0] * scale),
            Math.max(least * times, times * deviation[1] * scale), 0, 0, 2 * Math.PI);
        context.fillStyle = context.strokeStyle = colour(name);
        context.globalAlpha = alpha;
        context.fill();
        context.globalAlpha = 1;
        context.lineWidth = times === 1 ? 2 : 1;
        context.stroke();
    }
};

export const points = (read, name = 'ink', radius = 3) => (context, { toX, toY }) => {
    context.fillStyle = colour(name);
    context.globalAlpha = 0.75;
    for (const [x, y] of read()) {
        context.beginPath();
        context.arc(toX(x), toY(y), radius, 0, 2 * Math.PI);
        context.fill();
    }
};

export const marker = (read, name = 'accent') => (context, { toX, toY }) => {
    const place = read();
    if (!place)
        return;
    const [x, y] = [toX(place[0]), toY(place[1])];
    context.lineWidth = 5;
    context.strokeStyle = colour('paper');
    for (const [style, width] of [[colour('paper'), 6], [colour(name), 2.5]]) {
        context.strokeStyle = style;
        context.lineWidth = width;
        context.beginPath();
        context.arc(x, y, 9, 0, 2 * Math.PI);
        context.stroke();
    }
    context.fillStyle = colour(name);
    context.beginPath();
    context.arc(x, y, 3, 0, 2 * Math.PI);
    context.fill();
};

export const arrow = (read, name = 'ink') => (context, { toX, toY }) => {
    const shape = read();
    if (!shape)
        return;
    const [x0, y0] = [toX(shape.from[0]), toY(shape.from[1])];
    const [dx, dy] = [toX(shape.to[0]) - x0, toY(shape.to[1]) - y0];
    const whole = Math.hypot(dx, dy);
    const length = whole - (shape.gap ?? 0);
    if (length < 6)
        return;
    const [ux, uy] = [dx / whole, dy / whole];
    const [x1, y1] = [x0 + ux * length, y0 + uy * length];
    const tip = length - Math.min(10, length / 2);
    context.strokeStyle = context.fillStyle = colour(name);
    context.lineWidth = 2.5;
    context.beginPath();
    context.moveTo(x0, y0);
    context.lineTo(x0 + ux * tip, y0 + uy * tip);
    context.stroke();
    const head = Math.min(14, length / 2);
    context.beginPath();
    context.moveTo(x1, y1);
    context.lineTo(x1 - ux * head - uy * head * 0.5, y1 - uy * head + ux * head * 0.5);
    context.lineTo(x1 - ux * head + uy * head * 0.5, y1 - uy * head - ux * head * 0.5);
    context.fill();
    if (shape.label) {
        context.font = 'italic 18px Georgia, serif';
        context.textAlign = 'center';
        context.textBaseline = 'middle';
        context.fillText(shape.label, (x0 + x1) / 2 - uy * 16, (y0 + y1) / 2 + ux * 16);
    }
};

export function once(layer, of = () => null) {
    const canvas = document.createElement('canvas');
    let [key, shown] = ['', null];
    return (context, view) => {
        const { a: ratio } = context.getTransform();
        const now = [view.x, view.y, view.range, view.width, view.height, ratio, colour('paper')].join();
        if (now !== key || of() !== shown) {
            [key, shown] = [now, of()];
            [canvas.width, canvas.height] = [view.width * ratio, view.height * ratio];
            const target = canvas.getContext('2d');
            target.setTransform(ratio, 0, 0, ratio, 0, 0);
            layer(target, view);
        }
        context.drawImage(canvas, 0, 0, view.width, view.height);
    };
}
