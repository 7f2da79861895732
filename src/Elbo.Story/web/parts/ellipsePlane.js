// A plane with the reader's ellipse on it, and behind it a heat map of a density. Two of them, at two scales, may show the same ellipse.

import { createSurface } from './canvas.js';
import { element } from './dom.js';
import { handles, View } from './ellipse.js';
import { attachHand } from './ellipseHand.js';
import { channels, colour } from './theme.js';

const heatSize = 112;

export class EllipsePlane {
    /** hand: { current() -> ellipse or null, changed(ellipse), ended() }; paintBelow(context, view) and paintAbove draw the rest. */
    constructor(parent, { label, className, hand, paintBelow, paintAbove, hasHandles }) {
        this.element = element('div', { class: `ellipse-plane ${className}`, tabindex: 0, role: 'application', 'aria-label': label });
        parent.append(this.element);
        Object.assign(this, { hand, paintBelow, paintAbove, hasHandles, heat: null });
        this.view = new View([0, 0], 4);
        const paint = (context, width, height) => this.draw(context, width, height);
        this.surface = createSurface(paint, { class: 'fill', 'aria-hidden': 'true' });
        this.element.append(this.surface.element);
        this.grip = attachHand(this.element, this.view, hand.current, hand.changed, hand.ended);
    }

    show(centre, half) {
        Object.assign(this.view, { centre, half });
        this.heat = null;
        this.surface.invalidate();
    }

    /** density(z1, z2): relative to its highest value, 0..1. Computed once for a view, not while a hand moves. */
    setDensity(density) {
        this.density = density;
        this.heat = null;
        this.surface.invalidate();
    }

    draw(context, width, height) {
        if (this.view.width !== width || this.view.height !== height) {
            Object.assign(this.view, { width, height });
            this.heat = null;
        }
        const { view } = this;
        if (this.density) {
            this.heat ??= enlarged(heatMap(view, this.density, 'posterior'), context.canvas);
            context.drawImage(this.heat, 0, 0, width, height);
        }
        this.paintBelow?.(context, view);
        const ellipse = this.hand.current();
        if (ellipse) {
            drawEllipse(context, view, ellipse, colour('reader'), { isFilled: true });
            this.drawCentre(context, ellipse);
        }
        this.paintAbove?.(context, view);
    }

    drawCentre(context, ellipse) {
        const { view } = this, [x, y] = view.toScreen(ellipse.mean);
        if (x < 0 || y < 0 || x > view.width || y > view.height) {
            drawPointer(context, view, x, y, colour('reader'));
            return;
        }
        context.lineWidth = 2;
        if (this.hasHandles) {
            for (const handle of handles(view, ellipse)) {
                context.strokeStyle = colour('reader');
                context.beginPath();
                context.moveTo(x, y);
                context.lineTo(handle.x, handle.y);
                context.globalAlpha = 0.5;
                context.stroke();
                context.globalAlpha = 1;
                disc(context, handle.x, handle.y, 9, colour('paper'), colour('reader'));
                drawArrows(context, handle, colour('reader'));
            }
        }
        disc(context, x, y, this.hasHandles ? 6 : 4, colour('reader'), colour('paper'));
    }

    destroy() {
        this.surface.destroy();
        this.element.remove();
    }
}

/** The outlines of one and of two deviations. */
export function drawEllipse(context, view, { mean, deviation }, stroke, { isFilled = false, dash = [] } = {}) {
    const [x, y] = view.toScreen(mean);
    context.save();
    context.strokeStyle = context.fillStyle = stroke;
    context.setLineDash(dash);
    for (const times of [2, 1]) {
        context.beginPath();
        const [across, up] = deviation.map(sigma => Math.max(1.5, times * sigma * view.scale));
        context.ellipse(x, y, across, up, 0, 0, 2 * Math.PI);
        if (isFilled) {
            context.globalAlpha = 0.07;
            context.fill();
        }
        context.globalAlpha = 1;
        context.lineWidth = times === 2 ? 2 : 1.25;
        context.stroke();
    }
    context.restore();
}

export function disc(context, x, y, radius, fill, stroke) {
    context.beginPath();
    context.arc(x, y, radius, 0, 2 * Math.PI);
    context.fillStyle = fill;
    context.fill();
    context.strokeStyle = stroke;
    context.lineWidth = 2;
    context.stroke();
}

/** Two small arrow heads in a handle, along the axis that it stretches. */
function drawArrows(context, { x, y, direction: [dx, dy] }, fill) {
    context.fillStyle = fill;
    for (const sign of [1, -1]) {
        const [u, v] = [sign * dx, sign * dy];
        context.beginPath();
        context.moveTo(x + 6 * u, y + 6 * v);
        context.lineTo(x + 2 * u - 3.5 * v, y + 2 * v + 3.5 * u);
        context.lineTo(x + 2 * u + 3.5 * v, y + 2 * v - 3.5 * u);
        context.fill();
    }
}

/** At the edge, where the ellipse is out of sight: an arrow towards it. */
function drawPointer(context, view, x, y, fill) {
    const [cx, cy] = [view.width / 2, view.height / 2], angle = Math.atan2(y - cy, x - cx);
    const far = Math.min((cx - 14) / Math.abs(Math.cos(angle)), (cy - 14) / Math.abs(Math.sin(angle)));
    context.save();
    context.translate(cx + far * Math.cos(angle), cy + far * Math.sin(angle));
    context.rotate(angle);
    context.fillStyle = fill;
    context.beginPath();
    context.moveTo(10, 0);
    context.lineTo(-8, 9);
    context.lineTo(-8, -9);
    context.fill();
    context.restore();
}

/** To the pixels of a canvas, smoothly: done in every frame, that would take most of it. */
function enlarged(map, { width, height }) {
    const canvas = new OffscreenCanvas(width, height), context = canvas.getContext('2d');
    context.imageSmoothingQuality = 'high';
    context.drawImage(map, 0, 0, width, height);
    return canvas;
}

function heatMap(view, density, tone) {
    const [r, g, b] = channels(tone);
    const columns = heatSize, rows = Math.max(2, Math.round((heatSize * view.height) / view.width));
    const canvas = new OffscreenCanvas(columns, rows), context = canvas.getContext('2d'), image = context.createImageData(columns, rows);
    for (let j = 0, at = 0; j < rows; j++) {
        for (let i = 0; i < columns; i++, at += 4) {
            const [z1, z2] = view.toPlane(((i + 0.5) * view.width) / columns, ((j + 0.5) * view.height) / rows);
            image.data[at] = r;
            image.data[at + 1] = g;
            image.data[at + 2] = b;
            image.data[at + 3] = Math.round(235 * Math.min(1, density(z1, z2)) ** 0.8);
        }
    }
    context.putImageData(image, 0, 0);
    return canvas;
}
