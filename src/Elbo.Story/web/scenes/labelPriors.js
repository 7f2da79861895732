// Scene 9, the condition as a label: one of six models, its prior for each label as a cloud in the plane, and what is drawn from the
// chosen one. Another label moves cloud and pictures, with the same epsilon.
//
//   const part = createLabelPriors(host, classifier); part.element; part.digit(number); part.shown(); part.destroy()

import { readCodes } from '../engine/codes.js';
import { createDigits } from '../engine/digits.js';
import { createModel } from '../engine/model.js';
import { button, element } from '../parts/dom.js';
import { createKeys } from '../parts/keys.js';
import { axes, dots, ellipse, points } from '../parts/layers.js';
import { createPlane } from '../parts/plane.js';
import { createSheet } from '../parts/sheet.js';
import { classColour, colour } from '../parts/theme.js';
import { mixed, transition } from '../parts/transition.js';
import { createShareTable } from './shareTable.js';

export const priors = ['standard', 'mean', 'mean-variance'];

const nameOf = (prior, sees) => `label-${prior}${sees ? '' : '-hidden'}`;

export const packsOfPrior = (prior, sees) => [`model-${nameOf(prior, sees)}`, `codes-${nameOf(prior, sees)}`];

const count = 16, smallest = 3.4, classes = 10;

export function createLabelPriors(host, classifier) {
    const { state, text } = host;
    const digits = createDigits(host.packs.get('digits'));
    const labels = Uint8Array.from({ length: digits.count }, (_, index) => digits.label(index));
    const models = new Map();
    const cloud = { mean: [0, 0], deviation: [1, 1], features: new Float32Array(classes), range: smallest };
    const plane = createPlane({ label: '', view: { x: 0, y: 0, range: smallest }, layers: [
        axes(), codeLayer, otherPriors, ellipse(() => ({ ...cloud, colour: `class-${state.digit}` })), points(draws, 'ink', 2.5), nameLayer,
    ] });
    const sheet = createSheet({ columns: 4, rows: 4 });
    const caption = element('p', { class: 'caption' });
    const edge = element('span');
    const keys = createKeys({ label: text('keys'), chosen: state.digit, onKey: digit });
    const table = createShareTable({ host, classifier, modelOf, onChoose: choose });
    let epsilon = drawn();
    let [stop, turn] = [() => {}, 0];

    const again = button(text('again'), () => {
        host.setState({ draw: (state.draw + 1) % 10000 });
        const from = epsilon;
        epsilon = drawn();
        const to = epsilon;
        move(share => { epsilon = from.map((each, index) => mixed(each, to[index], share)); });
        act();
    });
    table.note.append(again);
    const box = element('div', { class: 'label-priors' },
        element('div', { class: 'seen' },
            element('figure', {}, plane.element, element('figcaption', { class: 'caption' }, text('planeNote'), ' · ', edge)),
            element('figure', {}, sheet.element, caption)),
        element('div', { class: 'tools' }, keys.element, table.element));

    function modelOf(prior, sees) {
        const name = nameOf(prior, sees);
        if (!models.has(name)) {
            const [model, codes] = packsOfPrior(prior, sees).map(pack => host.packs.get(pack));
            models.set(name, { model: createModel(model), codes: readCodes(codes) });
        }
        return models.get(name);
    }

    const now = () => modelOf(state.prior, state.sees);

    function drawn() {
        const random = host.random(`label/${state.draw}`);
        return Array.from({ length: count }, () => [random.normal(), random.normal()]);
    }

    function draws() {
        return epsilon.map(each => each.map((value, axis) => cloud.mean[axis] + cloud.deviation[axis] * value));
    }

    /** The codes of the chosen label in full colour, those of the others behind them. */
    function codeLayer(context, view) {
        const { codes } = now();
        dots(codes, labels, { radius: 1.8, fade: 0.22, only: index => labels[index] !== state.digit })(context, view);
        dots(codes, labels, { radius: 2.4, fade: 0.8, only: index => labels[index] === state.digit })(context, view);
    }

    function otherPriors(context, { toX, toY, scale }) {
        if (state.prior === 'standard')
            return;
        context.lineWidth = 1;
        context.setLineDash([4, 4]);
        for (let label = 0; label < classes; label++) {
            const { mean, deviation } = now().model.prior(label);
            context.strokeStyle = classColour(label);
            context.globalAlpha = 0.6;
            context.beginPath();
            context.ellipse(toX(mean[0]), toY(mean[1]), deviation[0] * scale, deviation[1] * scale, 0, 0, 2 * Math.PI);
            context.stroke();
        }
    }

    /** The label at each mean; where all priors are the same, nothing. */
    function nameLayer(context, { toX, toY }) {
        if (state.prior === 'standard')
            return;
        context.textAlign = 'center';
        context.textBaseline = 'middle';
        // The chosen one last: in some models the means lie close together.
        for (let after = 1; after <= classes; after++) {
            const label = (state.digit + after) % classes;
            const { mean } = now().model.prior(label);
            context.font = `${label === state.digit ? '700 20px' : '600 14px'} system-ui, sans-serif`;
            context.lineWidth = 4;
            context.strokeStyle = colour('paper');
            context.strokeText(label, toX(mean[0]), toY(mean[1]));
            context.fillStyle = classColour(label);
            context.fillText(label, toX(mean[0]), toY(mean[1]));
        }
    }

    function decode() {
        const { model } = now();
        let asked = 0;
        draws().forEach((z, index) => {
            const picture = model.decode(z, cloud.features);
            sheet.show(index, picture);
            if (classifier?.read(picture).label === state.digit)
                asked++;
        });
        caption.textContent = classifier ? text('count', { count: asked, digit: state.digit }) : '';
        plane.look({ range: cloud.range });
        edge.textContent = `±${cloud.range.toFixed(1)}`;
    }

    /** What holds two deviations of each prior. */
    function rangeOf(model) {
        return Math.max(smallest, ...Array.from({ length: classes }, (_, label) => model.prior(label))
            .flatMap(({ mean, deviation }) => [0, 1].map(axis => Math.abs(mean[axis]) + 2 * deviation[axis])));
    }

    function describe() {
        const name = text(state.prior);
        plane.describe(text('plane', { prior: name, digit: state.digit, mean: numbers(cloud.mean), deviation: numbers(cloud.deviation) }));
        sheet.describe(`${text('sheet', { digit: state.digit })} ${caption.textContent}`);
    }

    /** To the prior and label that the state names; `also` moves what else changes. */
    function move(also = () => {}, duration = 600) {
        stop();
        const from = { mean: cloud.mean, deviation: cloud.deviation, features: cloud.features, range: cloud.range };
        const range = rangeOf(now().model);
        const prior = now().model.prior(state.digit);
        const features = Float32Array.from({ length: classes }, (_, label) => Number(label === state.digit));
        stop = transition(duration, share => {
            cloud.mean = mixed(from.mean, [...prior.mean], share);
            cloud.deviation = mixed(from.deviation, [...prior.deviation], share);
            cloud.features = mixed(from.features, features, share);
            cloud.range = from.range + (range - from.range) * share;
            also(share);
            decode();
            if (share === 1)
                describe();
        }, host.reducedMotion || duration === 0);
    }

    function act() {
        table.count(state.prior, state.sees);
        host.acted();
    }

    function digit(number) {
        host.setState({ digit: number });
        keys.choose(number);
        move();
        act();
        host.announce(text('sheet', { digit: number }));
    }

    async function choose(prior, sees) {
        const mine = ++turn;
        table.choose(prior, sees);
        await Promise.all(packsOfPrior(prior, sees).map(host.load));
        // Another may have been chosen meanwhile.
        if (mine !== turn)
            return;
        host.setState({ prior, sees });
        move();
        act();
        host.announce(`${text(prior)}${text('comma')}${text(sees ? 'seen' : 'hidden')}`);
    }

    table.choose(state.prior, state.sees);
    move(undefined, 0);
    return {
        element: box,
        digit,
        shown: plane.invalidate,
        destroy() {
            turn++;
            stop();
            table.destroy();
            plane.destroy();
        },
    };
}

const numbers = values => `(${Array.from(values, value => value.toFixed(1)).join(', ')})`;
