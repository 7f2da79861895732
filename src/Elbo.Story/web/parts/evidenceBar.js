// log p(x) as a bar of fixed length, split by q into ELBO and gap, and below it what the ELBO is made of: reconstruction less KL.
// One axis in nats for both. Its right part never moves; where the ELBO falls off the left end, the axis shows four times as much.

import { createSurface } from './canvas.js';
import { element } from './dom.js';
import { nats } from './nats.js';

const spans = [16, 64, 256, 1024], evidenceAt = 0.72;
const top = 22, thick = 30, between = 8, thin = 26;

export class EvidenceBar {
    constructor(parent, { palette, words, reducedMotion }) {
        this.element = element('div', { class: 'evidence-bar', 'aria-hidden': 'true' });
        parent.append(this.element);
        Object.assign(this, { palette, words, reducedMotion, span: spans[1], shownSpan: spans[1], state: null });
        this.surface = createSurface((context, width, height) => this.draw(context, width, height), { class: 'fill' });
        this.element.append(this.surface.element);
    }

    /** state: { logEvidence, score, marks: [{ elbo, colour }] } */
    show(state) {
        this.state = state;
        const distance = Math.max(state.score.gap, 0.4 * state.score.kl) / 0.9;
        // A wider axis at once, a narrower one only when there is room to spare: no flicker at the border between two.
        const fits = spans.find(span => distance < span) ?? spans.at(-1);
        if (fits > this.span || distance < 0.7 * (spans[spans.indexOf(this.span) - 1] ?? 0))
            this.span = fits;
        this.surface.invalidate();
    }

    draw(context, width, height) {
        if (!this.state)
            return;
        this.shownSpan += (this.span - this.shownSpan) * (this.reducedMotion ? 1 : 0.25);
        if (Math.abs(this.span / this.shownSpan - 1) > 0.01)
            this.surface.invalidate();
        else
            this.shownSpan = this.span;
        const { logEvidence, score, marks } = this.state, colours = this.palette(), words = this.words();
        const fixed = Math.round(width * evidenceAt);
        const x = value => Math.max(0, Math.min(width, fixed + ((value - logEvidence) / this.shownSpan) * fixed));
        const elbo = x(score.elbo), reconstruction = x(score.reconstruction);
        this.drawAxis(context, width, top + thick + between + thin + 4, x);

        segment(context, 0, elbo, top, thick, colours.elbo, colours.paper, `ELBO ${nats(score.elbo)}`);
        segment(context, elbo, fixed, top, thick, colours.gap, colours.onGap, `${words.gap} ${nats(score.gap)}`, colours.ink, width);
        const second = top + thick + between;
        segment(context, 0, Math.min(elbo, reconstruction), second, thin, colours.reconstruction, colours.paper, `${words.reconstruction} ${nats(score.reconstruction)}`);
        segment(context, elbo, reconstruction, second, thin, colours.kl, colours.paper, `\u2212 KL ${nats(score.kl)}`, colours.ink, width);

        context.fillStyle = colours.ink;
        context.fillRect(fixed - 1, top - 6, 2, thick + 12);
        context.font = '600 13px system-ui, sans-serif';
        context.textAlign = 'right';
        context.fillText(`log p(x) = ${nats(logEvidence)} ${words.nats}`, Math.min(width, fixed + 40), top - 9);
        for (const mark of marks)
            drawMark(context, x(mark.elbo), top + thick, mark.colour);
    }

    drawAxis(context, width, y, x) {
        const colours = this.palette(), steps = [1, 2, 5, 10, 20, 50, 100, 200, 500].find(step => this.shownSpan / step < (width < 500 ? 4 : 7)) ?? 500;
        const { logEvidence } = this.state;
        context.strokeStyle = context.fillStyle = colours.muted;
        context.lineWidth = 1;
        context.font = '12px system-ui, sans-serif';
        context.textAlign = 'center';
        const low = logEvidence - this.shownSpan, high = logEvidence + (this.shownSpan * (1 - evidenceAt)) / evidenceAt;
        for (let value = Math.ceil(low / steps) * steps; value <= high; value += steps) {
            if (value > 0)
                break;
            const at = Math.round(x(value)) + 0.5;
            context.beginPath();
            context.moveTo(at, y);
            context.lineTo(at, y + 4);
            context.stroke();
            if (at > 18 && at < width - 18)
                context.fillText(nats(value, 0), at, y + 17);
        }
    }

    destroy() {
        this.surface.destroy();
        this.element.remove();
    }
}

/** A part of a bar with its label inside, where it fits, or else to its right. */
function segment(context, from, to, y, height, colour, ink, label, outside, limit) {
    context.fillStyle = colour;
    context.fillRect(from, y, Math.max(0, to - from), height);
    context.font = '600 13px system-ui, sans-serif';
    context.textAlign = 'left';
    const width = context.measureText(label).width;
    if (to - from > width + 12) {
        context.fillStyle = ink;
        context.fillText(label, from + 6, y + height / 2 + 4.5);
    } else if (outside && to + 6 + width <= limit) {
        context.fillStyle = outside;
        context.fillText(label, Math.max(to, from) + 6, y + height / 2 + 4.5);
    }
}

function drawMark(context, x, y, colour) {
    context.fillStyle = colour;
    context.beginPath();
    context.moveTo(x, y - 6);
    context.lineTo(x - 6, y + 5);
    context.lineTo(x + 6, y + 5);
    context.fill();
}
