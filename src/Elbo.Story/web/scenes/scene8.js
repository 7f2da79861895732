// beta: models that differ in the weight of the KL alone. Their planes are turned to each other's and move into each other; one digit is
// followed through all of them, the same twelve z are decoded, and both terms stand on one scale. What is said of each was chosen by its
// figures where the page was made.

import { createDigits } from '../engine/digits.js';
import { createBars } from '../parts/bars.js';
import { element } from '../parts/dom.js';
import { createKeys } from '../parts/keys.js';
import { nats } from '../parts/nats.js';
import { createPicture } from '../parts/picture.js';
import { createSheet } from '../parts/sheet.js';
import { createStops } from '../parts/stops.js';
import { mixed, transition } from '../parts/transition.js';
import { clampedInteger, clampedNumber } from '../shell/link.js';
import { createBetaModels, nearest, packsOf, readFamily } from './betaModels.js';
import { createBetaPlane } from './betaPlane.js';
import { createRateDistortion } from './rateDistortion.js';

const count = 12;

export default {
    id: 8,
    // The first names those that are loaded next.
    packs: ['betas', 'digits', 'terms'],
    first: async ({ beta }, load) => {
        const pack = await load('betas');
        return pack ? packsOf(readFamily(pack), Number(beta)) : [];
    },
    // As text, which the link does not round.
    parse: raw => ({ beta: String(clampedNumber(raw.beta, 0, 1e9, 1)), index: clampedInteger(raw.index, 0, 999, 0) }),
    create,
};

function create(host) {
    const { state, text } = host;
    const digits = createDigits(host.packs.get('digits'));
    const labels = Uint8Array.from({ length: digits.count }, (_, index) => digits.label(index));
    const models = createBetaModels(host, readFamily(host.packs.get('betas')));
    let number = nearest(models, Number(state.beta));
    state.beta = models[number].name;
    state.index = Math.min(state.index, digits.count - 1);
    const random = host.random('samples');
    const epsilon = Array.from({ length: count }, () => [random.normal(), random.normal()]);
    const given = createPicture({ label: text('x') });
    const decoded = createPicture({ label: text('decoded') });
    const sheet = createSheet({ columns: 4, rows: 3, label: text('samples') });
    const terms = ['reconstruction', 'kl'].map(id => ({ id, label: text(id), colour: id }));
    const bars = createBars(terms, value => (value < 0 ? '–' : nats(value, 1)));
    const points = models.find(({ isPoint }) => isPoint), clouds = models.filter(({ isPoint }) => !isPoint);
    const curve = createRateDistortion({
        label: text('curve'), level: points && { value: points.figures.reconstruction, name: text('level') },
        points: clouds.map(({ name, figures }, index) => ({
            x: figures.kl, y: figures.reconstruction, error: 2 * figures.standardError,
            name: index === clouds.length - 1 ? `β = ${name}` : name,
        })),
    });
    const full = Math.max(...models.map(({ figures }) => Math.max(figures.reconstruction, figures.kl)));
    const keys = createKeys({ label: text('keys'), chosen: digits.label(state.index), onKey: digit });
    const slider = element('input', {
        type: 'range', min: 0, max: models.length - 1, step: 1, value: number, 'aria-label': text('slider'),
        oninput: () => {
            go(Number(slider.value));
            host.acted();
        },
    });
    const stops = createStops(models.map(({ name }) => name));
    const [onKl, onReconstruction] = [element('b'), element('b')];
    const regime = element('p', { class: 'regime' }), edge = element('span');
    let at = stateOf(models[number]);
    let stop = () => {};
    const plane = createBetaPlane({ label: '', labels, at: () => ({ ...at, chosen: state.index }), onChoose: choose });
    const expected = () => element('span', { class: 'term-reconstruction' }, 'E[log p(x | z)]');
    const divergence = () => element('span', { class: 'term-kl' }, 'KL');
    const curveNote = text('curveNote', { examples: models[0].figures.examples.toLocaleString('en') });
    const caption = (...children) => element('figcaption', { class: 'caption' }, ...children);

    host.element.append(
        element('div', { class: 'slide' }, element('span', { class: 'beta-name' }, 'β'), element('div', {}, slider, stops.element)),
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
        element('figure', { class: 'rate' }, curve.element, caption(curveNote)));
    const title = host.element.querySelector('h2');

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
        bars.set({ reconstruction: at.terms[0], kl: models[number].isPoint && at.terms[1] === 0 ? -1 : at.terms[1] }, full);
        curve.mark(...at.place);
    }

    function label() {
        const { beta, name, isPoint, regime: kind, values } = models[number];
        const called = isPoint ? text('autoencoder') : text(`name-${kind}`);
        onKl.textContent = name;
        onReconstruction.textContent = beta === 0 ? '∞' : String(Number((1 / beta).toPrecision(3)));
        title.textContent = called ? `β = ${name} · ${called}` : `β = ${name}`;
        regime.textContent = (beta === 1 ? text('elbo') : '') + text(`regime-${kind}`, values);
        stops.choose(number);
        slider.setAttribute('aria-valuetext', `β = ${name}`);
        plane.describe(text('plane', { beta: name, digit: labels[state.index] }));
    }

    async function go(next) {
        stop();
        number = next;
        host.setState({ beta: models[next].name });
        await models[next].load();
        // The hand may have gone on meanwhile.
        if (number !== next || !host.element.isConnected)
            return;
        stop();
        label();
        const [from, to] = [at, stateOf(models[number])];
        stop = transition(700, share => {
            at = share === 1 ? to : between(from, to, share);
            show();
        }, host.reducedMotion);
        host.announce(`${title.textContent}${text('period')}${regime.textContent}`);
    }

    function choose(index) {
        host.setState({ index });
        keys.choose(labels[index]);
        given.show(digits.binary(index));
        given.describe(`${text('x')}${text('colon')}${labels[index]}`);
        const one = models[number];
        // One that is being loaded is shown with this digit once it is there.
        if (!one.isLoaded)
            return;
        stop();
        at = stateOf(one);
        show();
        label();
    }

    function digit(label) {
        const same = digits.ofLabel(label);
        if (same.length === 0)
            return;
        choose(same[(same.indexOf(state.index) + 1) % same.length]);
        host.announce(`${text('x')}${text('colon')}${label}`);
    }

    choose(state.index);
    return {
        digit,
        destroy() {
            stop();
            stops.destroy();
            plane.destroy();
            curve.destroy();
        },
    };
}
