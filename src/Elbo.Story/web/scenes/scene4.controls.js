// What stands around the planes of scene 4: pictures, the choice of an image, the table of answers and the sliders.

import { button, element } from '../parts/dom.js';
import { limited } from '../parts/ellipse.js';
import { nats } from '../parts/nats.js';
import { createPad } from '../parts/pad.js';
import { createPicture } from '../parts/picture.js';

export class Pictures {
    constructor(parent, text) {
        this.image = createPicture({ label: text('image') });
        this.decoded = createPicture({ label: text('decoded') });
        parent.append(element('div', { class: 'pictures' },
            element('figure', {}, this.image.element, element('figcaption', { 'aria-hidden': 'true' }, text('image'))),
            element('figure', {}, this.decoded.element, element('figcaption', { 'aria-hidden': 'true' }, text('decoded')))));
    }

    showImage(image) {
        this.image.show(image);
    }

    showDecoded(probabilities) {
        this.decoded.show(probabilities);
    }
}

export class DigitChoice {
    /** chosen(index) for one of the ten images, drawn(image of grey levels 0..1, isFinal) for a drawing. */
    constructor(text, indices, digits, chosen, drawn) {
        this.buttons = indices.map((digit, index) => {
            const picture = createPicture({ label: '' });
            picture.element.setAttribute('aria-hidden', 'true');
            picture.element.removeAttribute('role');
            picture.element.removeAttribute('aria-label');
            picture.show(digits.binary(digit));
            const label = text('digit', { label: digits.label(digit) }), onclick = () => this.pick(index, chosen);
            return element('button', { type: 'button', class: 'thumb', 'aria-label': label, onclick }, picture.element);
        });
        this.draw = button(text('draw'), () => this.open(this.sheet.hidden), { class: 'button draw', 'aria-expanded': 'false' });
        this.note = element('p', { hidden: true, role: 'status' }, text('none'));
        this.pad = createPad({ label: text('pad'), onDrawn: (image, isFinal) => {
            this.note.hidden = image !== null || !isFinal;
            if (image)
                drawn(image, isFinal);
        } });
        const clear = button(text('clear'), () => this.pad.clear()), lift = element('p', { class: 'caption' }, text('lift'));
        this.sheet = element('div', { class: 'row sheet-place', hidden: true }, this.pad.element,
            element('div', { class: 'pad-side' }, clear, lift, this.note));
        const strip = element('div', { class: 'digits', role: 'group', 'aria-label': text('images') }, ...this.buttons, this.draw);
        this.element = element('div', { class: 'choice' }, strip, this.sheet);
    }

    pick(index, chosen) {
        this.open(false);
        chosen(index);
    }

    open(isOpen) {
        this.sheet.hidden = !isOpen;
        this.draw.setAttribute('aria-expanded', String(isOpen));
        if (isOpen)
            this.sheet.scrollIntoView({ block: 'nearest' });
    }

    mark(chosen) {
        this.buttons.forEach((each, index) => each.setAttribute('aria-pressed', String(index === chosen)));
    }
}

const columns = ['reconstruction', 'kl', 'elbo', 'gap'];

export class AnswerTable {
    constructor(text) {
        this.text = text;
        this.cells = new Map();
        this.body = element('tbody');
        const heads = [text('reconstruction'), '\u2212 KL', '= ELBO', text('gap')].map(head => element('th', { scope: 'col' }, head));
        const head = element('thead', {}, element('tr', {}, element('td'), ...heads));
        this.element = element('table', { class: 'answers', 'aria-label': text('answers') }, head, this.body);
    }

    /** rows: [{ id, score, tone }]. Cells are kept while the same rows stay: a hand only changes their text. */
    show(rows) {
        const key = rows.map(row => row.id).join();
        if (key !== this.key) {
            this.key = key;
            this.cells = rows.map(() => columns.map(() => element('td')));
            this.body.replaceChildren(...rows.map(({ id, tone }, i) =>
                element('tr', { style: `--dot: var(--${tone})` }, element('th', { scope: 'row' }, this.text(id)), ...this.cells[i])));
        }
        rows.forEach(({ score }, i) => columns.forEach((name, j) => { this.cells[i][j].textContent = nats(score[name]); }));
    }
}

const names = ['mean1', 'mean2', 'deviation1', 'deviation2'];

/** The same four numbers without a plane: for keys, switches and a fine hand. Deviations move by factors. */
export class Sliders {
    constructor(text, changed, ended) {
        const read = () => {
            const [m1, m2, s1, s2] = this.inputs.map(input => Number(input.value));
            changed(limited({ mean: [m1, m2], deviation: [Math.exp(s1), Math.exp(s2)] }));
        };
        this.inputs = names.map((_, i) => element('input', i < 2
            ? { type: 'range', min: -3.5, max: 3.5, step: 0.005, oninput: read, onchange: ended }
            : { type: 'range', min: Math.log(0.005), max: Math.log(1.2), step: 0.02, oninput: read, onchange: ended }));
        this.element = element('details', { ontoggle: () => this.shown && this.show(this.shown) }, element('summary', {}, text('numbers')),
            element('div', { class: 'sliders' }, ...this.inputs.map((input, i) => element('label', {}, text(names[i]), input))));
    }

    show(ellipse) {
        this.shown = ellipse;
        const { mean, deviation } = ellipse;
        if (!this.element.open)
            return;
        [...mean, ...deviation.map(Math.log)].forEach((value, i) => { this.inputs[i].value = value; });
        deviation.forEach((sigma, i) => this.inputs[2 + i].setAttribute('aria-valuetext', sigma.toPrecision(2)));
    }
}
