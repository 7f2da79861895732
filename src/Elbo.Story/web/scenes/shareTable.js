// Scene 9: the six models as keys, three priors by what the decoder sees, each with the share of its draws that read as the label asked
// for, once it has been tried. The draws are counted a few a frame.
//
//   const table = createShareTable({ host, classifier, modelOf, onChoose }); table.element; table.note (a row for what else is set);
//   table.choose(prior, sees); table.count(prior, sees)

import { element } from '../parts/dom.js';

const perLabel = 20, classes = 10, budget = 5;

export function createShareTable({ host, classifier, modelOf, onChoose }) {
    const { text } = host;
    const waiting = [];
    const cells = new Map();
    let frame = 0;
    const kinds = ['standard', 'mean', 'mean-variance'];
    const keyOf = (prior, sees) => `${prior}/${sees}`;
    const heads = kinds.map(prior => element('span', { class: 'head-cell', 'aria-hidden': 'true' }, text(prior)));
    const rows = [1, 0].flatMap(sees => [element('span', { class: 'side-cell', 'aria-hidden': 'true' }, text(sees ? 'seen' : 'hidden')),
        ...kinds.map(prior => cell(prior, sees))]);

    function cell(prior, sees) {
        const share = element('span', {}, '?');
        const key = element('button', { type: 'button', class: 'tab', onclick: () => onChoose(prior, sees) },
            element('span', { class: 'hidden' }, text(prior), text('comma'), text(sees ? 'seen' : 'hidden'), text('colon')), share);
        cells.set(keyOf(prior, sees), { key, share, tried: 0, asked: 0, random: null, prior, sees });
        return key;
    }

    function choose(prior, sees) {
        for (const [key, each] of cells)
            each.key.setAttribute('aria-pressed', String(key === keyOf(prior, sees)));
    }

    function count(prior, sees) {
        const each = cells.get(keyOf(prior, sees));
        if (!classifier || each.random)
            return;
        each.random = host.random(`share/${prior}`);
        waiting.push(each);
        frame ||= requestAnimationFrame(work);
    }

    function work() {
        frame = 0;
        const until = performance.now() + budget;
        const each = waiting[0];
        const { model } = modelOf(each.prior, each.sees);
        while (each.tried < perLabel * classes && performance.now() < until) {
            const label = each.tried++ % classes;
            const { mean, deviation } = model.prior(label);
            const z = Array.from(mean, (value, axis) => value + deviation[axis] * each.random.normal());
            if (classifier.read(model.decode(z, label)).label === label)
                each.asked++;
        }
        if (each.tried === perLabel * classes) {
            each.share.textContent = text('share', { share: each.asked / each.tried });
            waiting.shift();
        }
        if (waiting.length)
            frame = requestAnimationFrame(work);
    }

    const note = element('div', { class: 'row' }, element('p', { class: 'caption' }, text('shareNote', { draws: perLabel * classes })));
    return {
        element: element('div', { class: 'share-table' },
            element('div', { class: 'share-grid', role: 'group', 'aria-label': text('models') }, element('span'), ...heads, ...rows), note),
        note,
        choose,
        count,
        destroy: () => cancelAnimationFrame(frame),
    };
}
