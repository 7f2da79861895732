// Scene 4, "Be the encoder": the reader is q(z|x) for one image. log p(x) stands still; the ellipse decides how it splits.

import { codeOf, readCodes } from '../engine/codes.js';
import { createDigits } from '../engine/digits.js';
import { createEncoder, createModel } from '../engine/model.js';
import { readLayers } from '../engine/network.js';
import { numbers } from '../engine/packs.js';
import { button, element } from '../parts/dom.js';
import { limited } from '../parts/ellipse.js';
import { EllipsePlane } from '../parts/ellipsePlane.js';
import { EvidenceBar } from '../parts/evidenceBar.js';
import { nats } from '../parts/nats.js';
import { colour, onTheme } from '../parts/theme.js';
import { AnswerTable, DigitChoice, Pictures, Sliders } from './scene4.controls.js';
import { paintAnswers, paintFar, paintNear } from './scene4.drawing.js';
import { EvidenceSource } from './scene4.evidence.js';

export default {
    id: 4,
    packs: ['model-plane', 'digits', 'codes-plane'],
    later: ['encoder-plane'],
    optional: ['grid'],
    create: host => new BeTheEncoder(host),
    parse,
};

/** digit: which of the ten images; q: two means and two deviations, where the reader has moved the ellipse; shown: the answers are open. */
export function parse(raw = {}) {
    const digit = Math.min(9, Math.max(0, Math.round(Number(raw.digit)) || 0));
    const q = String(raw.q ?? '').split(',').map(Number);
    const isEllipse = q.length === 4 && q.every(Number.isFinite) && q[2] > 0 && q[3] > 0;
    const ellipse = isEllipse ? limited({ mean: q.slice(0, 2), deviation: q.slice(2) }) : null;
    return { digit, q: ellipse && [...ellipse.mean, ...ellipse.deviation], shown: raw.shown === '1' ? 1 : null };
}

class BeTheEncoder {
    constructor(host) {
        this.host = host;
        this.state = host.state;
        this.model = createModel(host.packs.get('model-plane'));
        this.digits = createDigits(host.packs.get('digits'));
        const grid = host.packs.get('grid');
        // The digits that the claims were computed for.
        this.choices = grid ? Array.from(numbers(grid, 'grid.digits')) : firstOfEach(this.digits);
        this.posteriors = readCodes(host.packs.get('codes-plane'));
        this.codes = this.posteriors.means;
        this.root = element('div', { class: 'be-encoder' });
        host.element.append(this.root);
        const layers = readLayers(host.packs.get('model-plane'), 'decoder');
        this.evidence = new EvidenceSource(layers, (id, quadrature, best) => this.received(id, quadrature, best));
        this.build();
        this.choose(this.state.digit, this.state.q);
    }

    build() {
        const { text, reducedMotion } = this.host;
        this.bar = new EvidenceBar(this.root, { text, reducedMotion });
        const planes = element('div', { class: 'planes' });
        const side = element('div', { class: 'side' });
        const hand = { current: () => this.ellipse, changed: ellipse => this.move(ellipse), ended: () => this.settled() };
        this.plane = new EllipsePlane(planes, {
            label: text('plane'), className: 'main', hand, hasHandles: true,
            paintBelow: (context, view) => paintNear(context, view, this), paintAbove: (context, view) => paintAnswers(context, view, this),
        });
        this.overview = new EllipsePlane(side, {
            label: text('overview'), className: 'overview', hand, hasHandles: false,
            paintBelow: (context, view) => paintFar(context, view, this),
        });
        this.overview.show([0, 0], 4);
        this.pictures = new Pictures(side, text);
        planes.append(side);
        const [chosen, drawn] = [index => this.choose(index), (image, isFinal) => this.drawn(image, isFinal)];
        this.choice = new DigitChoice(text, this.choices, this.digits, chosen, drawn);
        this.show = button('', () => this.reveal(!this.state.shown));
        this.again = button(this.host.text('again'), () => this.restart());
        this.answers = new AnswerTable(text);
        this.sliders = new Sliders(text, ellipse => this.move(ellipse), () => this.settled());
        const row = element('div', { class: 'row' }, this.show, this.again);
        this.root.append(planes, this.choice.element, row, this.answers.element, this.sliders.element);
        onTheme(this.root, () => { this.plane.heat = null; });
        this.label();
    }

    label() {
        this.show.textContent = this.host.text(this.state.shown ? 'hide' : 'show');
        this.show.setAttribute('aria-expanded', String(Boolean(this.state.shown)));
    }

    /** Another image; q is an ellipse from the link, or nothing: then it starts beside the posterior. */
    choose(index, q = null) {
        const digit = this.choices[index];
        this.digitLabel = this.digits.label(digit);
        this.choice.mark(index);
        this.remember({ digit: index, q });
        this.ask(`digit ${index}`, this.digits.binary(digit), codeOf(this.posteriors, digit), q);
    }

    /** A drawing: seen at once, accounted for when the pen is lifted. */
    async drawn(image, isFinal) {
        const pixels = image.map(value => (value >= 0.5 ? 1 : 0));
        this.pictures.showImage(pixels);
        if (!isFinal)
            return;
        this.digitLabel = null;
        this.choice.mark(null);
        const id = `drawing ${this.drawings = (this.drawings ?? 0) + 1}`;
        this.id = id;
        this.encode ??= createEncoder(this.model, await this.host.load('encoder-plane'));
        // Another image may have been chosen meanwhile.
        if (this.id === id)
            this.ask(id, pixels, this.encode(pixels), null);
    }

    ask(id, image, encoded, q) {
        // Until the image's own figures come there is no ellipse to move: none of another image's stand beside it.
        Object.assign(this, { id, wanted: q, encoded, quadrature: null, ellipse: null, best: null });
        this.bar.element.classList.add('waiting');
        this.plane.setDensity(null);
        this.overview.surface.invalidate();
        this.pictures.showImage(image);
        this.evidence.ask(id, image, this.encoded);
    }

    received(id, quadrature, best) {
        if (id !== this.id)
            return;
        const isNew = this.ellipse === null;
        Object.assign(this, { quadrature, best });
        this.bar.element.classList.remove('waiting');
        if (isNew) {
            const { mean, deviation } = quadrature.posterior;
            this.plane.show(mean, 5 * Math.max(...deviation));
            const q = this.wanted;
            this.ellipse = q ? limited({ mean: q.slice(0, 2), deviation: q.slice(2) }) : start(quadrature.posterior);
        }
        this.plane.setDensity(quadrature.relativePosterior());
        this.update();
    }

    restart() {
        if (!this.quadrature)
            return;
        this.move(start(this.quadrature.posterior));
        this.reveal(false);
        this.settled();
    }

    move(ellipse) {
        if (!this.quadrature)
            return;
        this.ellipse = ellipse;
        // At once: a browser sends a move just before the frame, and what is asked for in a frame's own callbacks is drawn in the next.
        this.update();
    }

    update() {
        const { quadrature, ellipse } = this;
        if (!quadrature)
            return;
        this.score = quadrature.score(ellipse.mean, ellipse.deviation);
        const rows = this.answerRows();
        this.bar.show({
            logEvidence: quadrature.logEvidence, score: this.score,
            marks: rows.slice(1).map(({ score, tone }) => ({ elbo: score.elbo, colour: colour(tone) })),
        });
        this.answers.show(rows);
        this.pictures.showDecoded(this.model.decode(ellipse.mean));
        this.sliders.show(ellipse);
        this.plane.surface.invalidate();
        this.overview.surface.invalidate();
    }

    /** The reader's row, and once the answers are open the encoder's and the best of its family. */
    answerRows() {
        const score = ({ mean, deviation }) => this.quadrature.score(mean, deviation);
        const rows = [{ id: 'you', score: this.score, tone: 'reader' }];
        if (!this.state.shown)
            return rows;
        // Neither moves with the hand, so that each is computed once for a quadrature.
        if (this.scored !== this.quadrature) {
            this.scored = this.quadrature;
            this.fixedRows = [{ id: 'encoder', score: score(this.encoded), tone: 'answer' }];
            if (this.best)
                this.fixedRows.push({ id: 'best', score: score(this.best), tone: 'posterior' });
        }
        return rows.concat(this.fixedRows);
    }

    reveal(shown) {
        this.remember({ shown: shown ? 1 : null });
        this.label();
        if (this.quadrature)
            this.update();
    }

    settled() {
        if (!this.ellipse)
            return;
        this.remember({ q: flat(this.ellipse) });
        this.host.acted();
        clearTimeout(this.saying);
        this.saying = setTimeout(() => this.say(), 400);
    }

    say() {
        const { elbo, gap } = this.score;
        this.host.announce(this.host.text('score', { elbo: nats(elbo), gap: nats(gap) }));
    }

    remember(part) {
        Object.assign(this.state, part);
        this.host.setState(part);
    }

    /** The keys 0 to 9 choose an image. */
    digit(number) {
        this.choice.open(false);
        this.choose(number);
    }

    destroy() {
        clearTimeout(this.saying);
        this.evidence.destroy();
        this.plane.destroy();
        this.overview.destroy();
        this.bar.destroy();
        this.root.remove();
    }
}

const flat = ({ mean, deviation }) => [...mean, ...deviation].map(value => Number(value.toFixed(4)));

/** Beside the posterior and too wide: near enough to be seen, and visibly wrong. */
function start({ mean, deviation }) {
    const wide = Math.max(...deviation);
    return limited({ mean: [mean[0] - 2.4 * wide, mean[1] + 1.1 * wide], deviation: [1.1 * wide, 1.1 * wide] });
}

/** Of another data set than the claims were computed for: the first image of each label. */
const firstOfEach = digits => Array.from({ length: 10 }, (_, label) => digits.ofLabel(label)[0] ?? 0);
