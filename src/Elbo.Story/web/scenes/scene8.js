// beta: six models that differ in the weight of the KL. Their planes are turned into one frame and move into each other; one digit is
// followed through all of them, the same twelve z are decoded, and both terms stand on one scale.

import { createDigits } from '../engine/digits.js';
import { createBars } from '../parts/bars.js';
import { element } from '../parts/dom.js';
import { createKeys } from '../parts/keys.js';
import { nats } from '../parts/nats.js';
import { createPicture } from '../parts/picture.js';
import { createSheet } from '../parts/sheet.js';
import { mixed, transition } from '../parts/transition.js';
import { clampedInteger } from '../shell/link.js';
import { createBetaModels, betas, weightsOf } from './betaModels.js';
import { createBetaPlane } from './betaPlane.js';
import { createRateDistortion } from './rateDistortion.js';

const count = 12;

export default {
    id: 8,
    packs: ['digits', 'terms', 'codes-plane-ae', 'codes-plane-0.1', 'codes-plane-0.5', 'codes-plane', 'codes-plane-4', 'codes-plane-16'],
    later: ['model-plane-ae', 'model-plane-0.1', 'model-plane-0.5', 'model-plane', 'model-plane-4', 'model-plane-16'],
    first: ({ beta }) => [weightsOf(beta)],
    parse: raw => ({ beta: betas.find(beta => String(beta) === raw.beta) ?? 1, index: clampedInteger(raw.index, 0, 999, 0) }),
    create,
};

function create(host) {
    const { state, text } = host;
    const digits = createDigits(host.packs.get('digits'));
    const labels = Uint8Array.from({ length: digits.count }, (_, index) => digits.label(index));
    const models = createBetaModels(host);
    const random = host.random('samples');
    const epsilon = Array.from({ length: count }, () => [random.normal(), random.normal()]);
    const given = createPicture({ label: text('x') });
    const decoded = createPicture({ label: text('decoded') });
    const sheet = createSheet({ columns: 4, rows: 3, label: text('samples') });
    const terms = ['reconstruction', 'kl'].map(id => ({ id, label: text(id), colour: id }));
    const bars = createBars(terms, value => (value < 0 ? '–' : nats(value, 1)));
    const curve = createRateDistortion({
        label: text('curve'), level: { value: models[0].figures.reconstruction, name: text('level') },
        points: models.slice(1).map(({ beta, figures }) => ({
            x: figures.kl, y: figures.reconstruction, error: 2 * figures.standardError, name: beta === 16 ? `β = ${beta}` : String(beta),
        })),
    });
    const full = Math.max(...models.map(({ figures }) => figures.reconstruction));
    const keys = createKeys({ label: text('keys'), chosen: digits.label(state.index), onKey: digit });
    const slider = element('input', {
        type: 'range', min: 0, max: betas.length - 1, step: 1, value: betas.indexOf(state.beta), 'aria-label': text('slider'),
        oninput: () => {
            go(Number(slider.value));
            host.acted();
        },
    });
    const stops = element('div', { class: 'stops', 'aria-hidden': 'true' }, ...betas.map(beta => element('span', {}, String(beta))));
    const [onKl, onReconstruction] = [element('b'), element('b')];
    const regime = element('p', { class: 'regime' }), edge = element('span');
    let at = stateOf(models[betas.indexOf(state.beta)]);
    let stop = () => {};
    const plane = createBetaPlane({ label: '', labels, at: () => ({ ...at, chosen: state.index }), onChoose: choose });
    const expected = () => element('span', { class: 'term-reconstruction' }, 'E[log p(x | z)]');
    const divergence = () => element('span', { class: 'term-kl' }, 'KL');
    const caption = (...children) => element('figcaption', { class: 'caption' }, ...children);

    host.element.append(
        element('div', { class: 'slide' }, element('span', { class: 'beta-name' }, 'β'), element('div', {}, slider, stops)),
        element('figure', { class: 'main' }, plane.element, caption(text('planeNote'), ' · ', edge)),
        element('div', { class: 'beside' },
            element('h2', {}), regime,
            element('div', { class: 'trial' },
                element('figure', {}, given.element, caption(text('x'))), element('figure', {}, decoded.element, caption(text('decoded'))),
                element('figure', {}, sheet.element, caption(text('drawn')))),
            keys.element),
        element('div', { class: 'accounts' },
            bars.element,
            element('dl', { class: 'weights' },
                element('dt', {}, text('papers')), element('dd', {}, expected(), ' − ', onKl, ' · ', divergence()),
                element('dt', {}, text('article')), element('dd', {}, onReconstruction, ' · ', expected(), ' − ', divergence()))),
        element('figure', { class: 'rate' }, curve.element, caption(text('curveNote'))));
    const name = host.element.querySelector('h2');

    /** All that moves, as it is for one model. */
    function stateOf(one) {
        return {
            positions: one.positions, deviations: one.codes.deviations, angle: one.angle, range: one.range,
            mean: one.decode([one.positions[2 * state.index], one.positions[2 * state.index + 1]]).slice(),
            samples: epsilon.map(z => one.decode(z).slice()),
            terms: [one.figures.reconstruction, one.figures.kl ?? 0],
            place: [one.figures.kl ?? curve.right, one.figures.reconstruction],
        };
    }

    function between(from, to, share) {
        // An ellipse turned by half a turn is the same: the short way.
        const turn = to.angle - from.angle - Math.PI * Math.round((to.angle - from.angle) / Math.PI);
        return {
            positions: mixed(from.positions, to.positions, share), deviations: mixed(from.deviations, to.deviations, share),
            angle: from.angle + turn * share, range: from.range * (to.range / from.range) ** share,
            mean: mixed(from.mean, to.mean, share), samples: from.samples.map((each, index) => mixed(each, to.samples[index], share)),
            terms: mixed(from.terms, to.terms, share), place: mixed(from.place, to.place, share),
        };
    }

    function show() {
        plane.look();
        edge.textContent = `±${at.range.toFixed(1)}`;
        decoded.show(at.mean);
        at.samples.forEach((picture, index) => sheet.show(index, picture));
        bars.set({ reconstruction: at.terms[0], kl: state.beta === 0 && at.terms[1] === 0 ? -1 : at.terms[1] }, full);
        curve.mark(...at.place);
    }

    function label() {
        const one = models[betas.indexOf(state.beta)];
        const facts = one.facts();
        onKl.textContent = String(state.beta);
        onReconstruction.textContent = state.beta === 0 ? '∞' : String(1 / state.beta);
        name.textContent = `β = ${state.beta} · ${text(`name-${state.beta}`)}`;
        const cost = one.figures.reconstruction - models[betas.indexOf(1)].figures.reconstruction;
        regime.textContent = text(`regime-${state.beta}`, { ...facts, cost });
        slider.setAttribute('aria-valuetext', `β = ${state.beta}`);
        plane.describe(text('plane', { beta: state.beta, digit: labels[state.index] }));
    }

    async function go(number) {
        stop();
        host.setState({ beta: betas[number] });
        await models[number].load();
        // The hand may have gone on meanwhile.
        if (state.beta !== betas[number] || !host.element.isConnected)
            return;
        stop();
        label();
        const [from, to] = [at, stateOf(models[number])];
        stop = transition(700, share => {
            at = share === 1 ? to : between(from, to, share);
            show();
        }, host.reducedMotion);
        host.announce(`${name.textContent}${text('period')}${regime.textContent}`);
    }

    function choose(index) {
        host.setState({ index });
        keys.choose(labels[index]);
        given.show(digits.binary(index));
        given.describe(`${text('x')}${text('colon')}${labels[index]}`);
        const one = models[betas.indexOf(state.beta)];
        // One that is being loaded is shown with this digit once it is there.
        if (!one.isLoaded)
            return;
        stop();
        at = stateOf(one);
        show();
        label();
    }

    function digit(number) {
        const same = digits.ofLabel(number);
        choose(same[(same.indexOf(state.index) + 1) % same.length]);
        host.announce(`${text('x')}${text('colon')}${number}`);
    }

    // What the texts say of the other models is counted while the reader looks at the first.
    let ready = 0;
    let timer = setTimeout(function prepare() {
        models[ready++].facts();
        if (ready < models.length)
            timer = setTimeout(prepare, 30);
    }, 300);
    choose(state.index);
    return {
        digit,
        destroy() {
            stop();
            clearTimeout(timer);
            plane.destroy();
            curve.destroy();
        },
    };
}
