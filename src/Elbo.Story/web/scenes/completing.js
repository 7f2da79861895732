// Scene 9, the condition as half of a digit: the upper half x is seen, and can be painted on; the lower half y is drawn, twelve times with
// the same epsilon whatever happens to x. The prior p(z given x) is shown with its means and deviations.
//
//   const part = createCompleting(host, classifier); part.element; part.digit(number); part.shown(); part.destroy()

import { createCompletion } from '../engine/completion.js';
import { createDigits } from '../engine/digits.js';
import { button, element } from '../parts/dom.js';
import { createKeys } from '../parts/keys.js';
import { createSheet } from '../parts/sheet.js';
import { mixed, transition } from '../parts/transition.js';
import { createHalfPad } from './halfPad.js';
import { createPriorStrip } from './priorStrip.js';

const count = 12;

export function createCompleting(host, classifier) {
    const { state, text } = host;
    const digits = createDigits(host.packs.get('digits'));
    const model = createCompletion(host.packs.get('model-pairs'));
    const pad = createHalfPad({ label: text('halfPad'), rows: model.rows, onPainted: painted });
    const sheet = createSheet({ columns: 4, rows: 3 });
    const strip = createPriorStrip({ label: '' });
    const caption = element('p', { class: 'caption' });
    const note = element('figcaption', { class: 'caption' }, text('halfNote'));
    const keys = createKeys({ label: text('keys'), onKey: digit });
    let seen = model.covered(digits.binary(state.index));
    let epsilon = drawn();
    let [isOpen, stop, frame] = [false, () => {}, 0];
    const lift = button(text('lift'), () => cover(isOpen), { 'aria-pressed': 'false' });
    const erase = button(text('erase'), () => {
        pad.erases = !pad.erases;
        erase.setAttribute('aria-pressed', String(pad.erases));
    }, { 'aria-pressed': 'false' });
    const clear = button(text('clear'), () => {
        stop();
        pad.show(new Float32Array(784));
        painted(new Float32Array(784), true);
    });
    const again = button(text('completeAgain'), () => {
        stop();
        host.setState({ draw: (state.draw + 1) % 10000 });
        const [from, to] = [epsilon, drawn()];
        stop = transition(450, share => {
            epsilon = from.map((each, index) => mixed(each, to[index], share));
            show();
        }, host.reducedMotion);
        host.acted();
        say();
    }, { class: 'button primary' });
    const box = element('div', { class: 'completing' },
        element('div', { class: 'seen' },
            element('figure', {}, pad.element, note),
            element('figure', {}, sheet.element, caption)),
        element('div', { class: 'tools' },
            keys.element,
            element('div', { class: 'row' }, again, lift, erase, clear),
            element('figure', {}, strip.element, element('figcaption', { class: 'caption' }, text('stripNote')))));

    function drawn() {
        const random = host.random(`half/${state.draw}`);
        return Array.from({ length: count }, () => random.normals(model.latent));
    }

    function show() {
        const prior = model.prior(seen);
        const read = new Map();
        epsilon.forEach((each, index) => {
            const picture = model.complete(seen, prior, each);
            sheet.show(index, picture);
            const label = classifier?.read(picture).label;
            read.set(label, (read.get(label) ?? 0) + 1);
        });
        strip.show(prior);
        if (classifier) {
            const readings = [...read].sort((a, b) => b[1] - a[1]).map(([label, times]) => text('reading', { label, times }));
            caption.textContent = text('readings', { list: readings.join(text('comma')) });
        }
        sheet.describe(`${text('completions', { count })} ${caption.textContent}`);
    }

    function say() {
        host.announce(caption.textContent);
    }

    function cover(isCovered) {
        isOpen = !isCovered;
        lift.setAttribute('aria-pressed', String(isOpen));
        pad.reveal(isOpen ? digits.binary(state.index) : null);
        note.textContent = isOpen ? text('wasA', { digit: digits.label(state.index) }) : text('halfNote');
        if (isOpen)
            host.announce(note.textContent);
    }

    /** The first paint of a test digit leaves it: what lies below is no longer its other half. */
    function painted(image, isFinal) {
        seen = model.covered(image);
        cover(true);
        lift.disabled = true;
        keys.choose(null);
        frame ||= requestAnimationFrame(() => {
            frame = 0;
            show();
        });
        if (isFinal) {
            host.acted();
            say();
        }
    }

    function choose(index) {
        host.setState({ index });
        stop();
        const from = seen;
        seen = model.covered(digits.binary(index));
        pad.show(seen);
        cover(true);
        lift.disabled = false;
        keys.choose(digits.label(index));
        const to = seen;
        stop = transition(450, share => {
            seen = share === 1 ? to : mixed(from, to, share);
            show();
        }, host.reducedMotion);
    }

    function digit(number) {
        const same = digits.ofLabel(number);
        choose(same[(same.indexOf(state.index) + 1) % same.length]);
        host.acted();
        host.announce(`${text('completions', { count })} ${caption.textContent}`);
    }

    choose(state.index);
    return {
        element: box,
        digit,
        shown: strip.invalidate,
        destroy() {
            stop();
            cancelAnimationFrame(frame);
            strip.destroy();
        },
    };
}
