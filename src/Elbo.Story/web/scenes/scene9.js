// The condition moves the mean. First the condition is a label: three priors p(z given c), with the label in the decoder and without it.
// Then it is the visible half of a digit, and what is drawn is the other half.

import { createClassifier } from '../engine/classifier.js';
import { element } from '../parts/dom.js';
import { clampedInteger } from '../shell/link.js';
import { createCompleting } from './completing.js';
import { createLabelPriors, packsOfPrior, priors } from './labelPriors.js';

const parts = ['label', 'half'];

export default {
    id: 9,
    packs: ['digits'],
    later: ['model-label-standard', 'model-label-mean', 'model-label-mean-variance', 'model-label-standard-hidden',
        'model-label-mean-hidden', 'model-label-mean-variance-hidden', 'model-pairs', 'codes-label-standard', 'codes-label-mean',
        'codes-label-mean-variance', 'codes-label-standard-hidden', 'codes-label-mean-hidden', 'codes-label-mean-variance-hidden'],
    first: state => packsOf(state.part, state),
    optional: ['model-classifier'],
    parse: raw => ({
        part: parts.includes(raw.part) ? raw.part : 'label',
        prior: priors.includes(raw.prior) ? raw.prior : 'mean',
        sees: raw.sees === '0' ? 0 : 1,
        digit: clampedInteger(raw.digit, 0, 9, 0),
        draw: clampedInteger(raw.draw, 0, 9999, 0),
        index: clampedInteger(raw.index, 0, 999, 33),
    }),
    create,
};

const packsOf = (part, { prior, sees }) => (part === 'half' ? ['model-pairs'] : packsOfPrior(prior, sees));

function create(host) {
    const classifier = host.packs.has('model-classifier') ? createClassifier(host.packs.get('model-classifier')) : null;
    // Each part is made once its models are there.
    const makers = { label: createLabelPriors, half: createCompleting };
    const made = {};
    let isOpen = true;
    const tabs = parts.map(name =>
        element('button', { type: 'button', class: 'tab', onclick: () => choose(name) }, host.text(`${name}Tab`)));
    const row = element('div', { class: 'row parts', role: 'group', 'aria-label': host.text('parts') }, ...tabs);
    host.element.append(row);

    function show(name) {
        if (!made[name]) {
            made[name] = makers[name](host, classifier);
            host.element.append(made[name].element);
        }
        for (const part of parts.filter(each => made[each]))
            made[part].element.hidden = part !== name;
        made[name].shown();
    }

    async function choose(name) {
        host.setState({ part: name });
        parts.forEach((part, index) => tabs[index].setAttribute('aria-pressed', String(part === name)));
        await Promise.all(packsOf(name, host.state).map(host.load));
        if (isOpen && host.state.part === name)
            show(name);
    }

    tabs.forEach((tab, index) => tab.setAttribute('aria-pressed', String(parts[index] === host.state.part)));
    show(host.state.part);
    return {
        digit: number => made[host.state.part]?.digit(number),
        destroy() {
            isOpen = false;
            Object.values(made).forEach(part => part.destroy());
        },
    };
}
