// log p(x) as a bar of fixed length, split by q into ELBO and gap, and below it what the ELBO is made of: reconstruction less KL.
// One axis in nats for both. Its right part never moves; where the ELBO falls off the left end, the axis shows more.

import { createSurface } from './canvas.js';
import { element } from './dom.js';
import { nats } from './nats.js';
import { colour } from './theme.js';

const spans = [16, 40, 100, 250, 600, 1500], evidenceAt = 0.72;
const top = 22, thick = 30, between = 12, thin = 26;

export class EvidenceBar {
    constructor(parent, { text, reducedMotion }) {
        this.element = element('div', { class: 'evidence-bar', 'aria-hidden': 'true' });
        parent.append(this.element);
        Object.assign(this, { text, reducedMotion, span: spans[1], shownSpan: spans[1], state: null });
        this.surface = createSurface((context, width, height) => this.draw(context, width, height), { class: 'fill' });
        this.element.append(this.surface.element);
    }

    /** state: { logEvidence, score, marks: [{ elbo, colour }] } */
    show(state) {
        this.state = state;
        const distance = Math.max(state.score.gap, 0.4 * state.score.kl) / 0.9;
        // A wider axis at once, a narrower one only when there is room to spare: no flicker at the border between two.
        const fits = spans.find(span => distance < span) ?? spans.at(-1);
        if (fits > this.span || distance < 0.8 * (spans[spans.indexOf(this.span) - 1] ?? 0))
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
        const { logEvidence, score, marks } = this.state, { text } = this;
        const fixed = Math.round(width * evidenceAt);
        const x = value => Math.max(0, Math.min(width, fixed + ((value - logEvidence) / this.shownSpan) * fixed));
        const elbo = x(score.elbo), reconstruction = x(score.reconstruction);
        this.drawAxis(context, width, top + thick + between + thin + 4, x);

        solid(context, 0, elbo, top, thick, 'elbo', ['ELBO', nats(score.elbo)]);
        tinted(context, elbo, fixed, top, thick, 'gap', `${text('gap')} ${nats(score.gap)}`, width);
        const second = top + thick + between;
        solid(context, 0, elbo, second, thin, 'reconstruction', [text('reconstruction'), nats(score.reconstruction)]);
        tinted(context, elbo, reconstruction, second, thin, 'kl', `\u2212 KL ${nats(score.kl)}`, width);

        context.fillStyle = colour('ink');
        context.fillRect(fixed - 1, top - 4, 2, thick + 8);
        context.font = '600 13px system-ui, sans-serif';
        context.textAlign = 'right';
        context.fillText(`log p(x) = ${nats(logEvidence)} ${text('nats')}`, Math.min(width, fixed + 40), top - 9);
        for (const mark of marks)
            drawMark(context, x(mark.elbo), top + thick, mark.colour);
    }

    drawAxis(context, width, y, x) {
        const steps = [1, 2, 5, 10, 20, 50, 100, 200, 500].find(step => this.shownSpan / step < (width < 500 ? 4 : 7)) ?? 500;
        const { logEvidence } = this.state;
        context.strokeStyle = context.fillStyle = colour('muted');
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

const font = '600 13px system-ui, sans-serif';

/** What is there: a full colour, inside it its name and number, or the number alone where there is no room for both. */
function solid(context, from, to, y, height, tone, [name, number]) {
    context.fillStyle = colour(tone);
    context.fillRect(from, y, Math.max(0, to - from), height);
    context.font = font;
    context.textAlign = 'left';
    context.fillStyle = colour('paper');
    const label = [`${name} ${number}`, number].find(each => to - from > context.measureText(each).width + 12);
    if (label)
        context.fillText(label, from + 6, y + height / 2 + 4.5);
}

/** What is missing or taken away: a tint with an outline, its label inside or, where it is too narrow, to its right. */
function tinted(context, from, to, y, height, tone, label, limit) {
    context.fillStyle = context.strokeStyle = colour(tone);
    context.globalAlpha = 0.25;
    context.fillRect(from, y, Math.max(0, to - from), height);
    context.globalAlpha = 1;
    context.lineWidth = 1.5;
    context.strokeRect(from + 0.75, y + 0.75, Math.max(0.5, to - from - 1.5), height - 1.5);
    context.font = font;
    context.textAlign = 'left';
    context.fillStyle = colour('ink');
    const width = context.measureText(label).width, isInside = to - from > width + 12;
    if (isInside || to + 6 + width <= limit)
        context.fillText(label, (isInside ? from : to) + 6, y + height / 2 + 4.5);
}

function drawMark(context, x, y, colour) {
    context.fillStyle = colour;
    context.beginPath();
    context.moveTo(x, y + 1);
    context.lineTo(x - 6, y + 11);
    context.lineTo(x + 6, y + 11);
    context.fill();
}
