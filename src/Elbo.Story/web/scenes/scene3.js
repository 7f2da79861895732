// Which z belongs to this x: a digit's cloud q(z given x) in the plane, and close up; epsilon is an arrow, z = mu + sigma * epsilon is
// decoded live.

import { createClassifier } from '../engine/classifier.js';
import { codeOf, readCodes } from '../engine/codes.js';
import { createDigits } from '../engine/digits.js';
import { createEncoder, createModel } from '../engine/model.js';
import { createKeys } from '../parts/keys.js';
import { button, element } from '../parts/dom.js';
import { createPad } from '../parts/pad.js';
import { createPicture } from '../parts/picture.js';
import { createSheet } from '../parts/sheet.js';
import { mixed, transition } from '../parts/transition.js';
import { clampedInteger, clampedNumber } from '../shell/link.js';
import { createCloudPlanes } from './cloudPlanes.js';
import { createEquation } from './equation.js';

const count = 50;

export default {
    id: 3,
    packs: ['model-plane', 'digits', 'codes-plane'],
    later: ['encoder-plane'],
    optional: ['model-classifier'],
    parse: raw => ({
        index: clampedInteger(raw.index, 0, 999, 1), e1: clampedNumber(raw.e1, -3, 3, 1.1), e2: clampedNumber(raw.e2, -3, 3, 0.8),
    }),
    create,
};

function create(host) {
    const model = createModel(host.packs.get('model-plane'));
    const digits = createDigits(host.packs.get('digits'));
    const codes = readCodes(host.packs.get('codes-plane'));
    const labels = Uint8Array.from({ length: digits.count }, (_, index) => digits.label(index));
    const classifier = host.packs.has('model-classifier') ? createClassifier(host.packs.get('model-classifier')) : null;
    const given = createPicture({ label: host.text('x') });
    const decoded = createPicture({ label: host.text('decoded') });
    const equation = createEquation();
    const pad = createPad({ label: host.text('padLabel'), onDrawn: drawn });
    const keys = createKeys({ label: host.text('keys'), onKey: digit });
    const sheet = createSheet({ columns: 10, rows: count / 10, label: host.text('sheet') });
    const cloud = { mean: [0, 0], deviation: [0.1, 0.1], draws: [], epsilon: [host.state.e1, host.state.e2] };
    const planes = createCloudPlanes({ host, cloud, codes, labels, onEpsilon });
    const padBox = element('div', { hidden: true }, pad.element);
    const message = element('span');
    const padToggle = button(host.text('pad'), () => toggleDrawing());
    const clear = button(host.text('clear'), () => {
        pad.clear();
        drawn(null, true);
    }, { hidden: true });
    let [isDrawing, stop, encode, waiting] = [false, () => {}, null, null];

    host.element.append(
        element('figure', { class: 'given' }, given.element, padBox,
            element('figcaption', { class: 'caption' }, host.text('x'), ' ', message)),
        element('figure', { class: 'decoded' }, decoded.element, element('figcaption', { class: 'caption' }, host.text('decoded'))),
        element('div', { class: 'work' }, planes.element, element('div', { class: 'tools' }, equation.element, keys.element,
            element('div', { class: 'row' }, button(host.text('draws'), draw, { class: 'button primary' }), padToggle, clear),
            sheet.element)));
    sheet.element.hidden = true;

    function refresh() {
        const z = cloud.mean.map((mean, axis) => mean + cloud.deviation[axis] * cloud.epsilon[axis]);
        decoded.show(model.decode(z));
        equation.show(cloud, z);
        planes.invalidate();
    }

    function settle(code, isAnimated) {
        stop();
        cloud.draws = [];
        sheet.element.hidden = true;
        const from = { mean: [...cloud.mean], deviation: [...cloud.deviation] };
        stop = transition(500, share => {
            cloud.mean = mixed(from.mean, [...code.mean], share);
            cloud.deviation = mixed(from.deviation, [...code.deviation], share);
            refresh();
        }, host.reducedMotion || !isAnimated);
    }

    function choose(index, isAnimated = true) {
        host.setState({ index });
        given.show(digits.binary(index));
        given.describe(`${host.text('x')}${host.text('colon')}${digits.label(index)}`);
        keys.choose(digits.label(index));
        settle(codeOf(codes, index), isAnimated);
    }

    function digit(number) {
        toggleDrawing(false);
        const same = digits.ofLabel(number);
        choose(same[(same.indexOf(host.state.index) + 1) % same.length]);
        host.announce(`${host.text('x')}${host.text('colon')}${number}`);
    }

    function onEpsilon(first, second, phase) {
        cloud.epsilon = [clampedNumber(first, -3, 3, 0), clampedNumber(second, -3, 3, 0)];
        host.setState({ e1: cloud.epsilon[0], e2: cloud.epsilon[1] });
        refresh();
        if (phase === 'up' || phase === 'key') {
            host.acted();
            say();
        }
    }

    function say() {
        const read = classifier?.read(decoded.values);
        if (read)
            host.announce(host.text('reads', { label: read.label, share: Math.round(100 * read.confidence) }));
    }

    function draw() {
        const random = host.random(`draws/${host.state.index}`);
        cloud.draws = Array.from({ length: count }, () => [0, 1].map(axis => cloud.mean[axis] + cloud.deviation[axis] * random.normal()));
        cloud.draws.forEach((z, index) => sheet.show(index, model.decode(z)));
        sheet.element.hidden = false;
        planes.invalidate();
        host.acted();
        host.announce(host.text('sheet'));
    }

    function toggleDrawing(next = !isDrawing) {
        if (next === isDrawing)
            return;
        isDrawing = next;
        padBox.hidden = clear.hidden = !isDrawing;
        given.element.hidden = isDrawing;
        host.element.classList.toggle('drawing', isDrawing);
        padToggle.textContent = host.text(isDrawing ? 'back' : 'pad');
        message.textContent = '';
        if (isDrawing) {
            prepareEncoder();
            pad.clear();
            planes.show('whole');
            host.element.scrollIntoView({ block: 'nearest' });
        } else {
            choose(host.state.index);
        }
    }

    async function prepareEncoder() {
        encode ??= createEncoder(model, await host.load('encoder-plane'));
        if (waiting)
            drawn(...waiting);
    }

    function drawn(image, isFinal) {
        message.textContent = image ? '' : host.text('none');
        waiting = encode || !image ? null : [image, isFinal];
        if (!image || waiting)
            return;
        const binary = image.map(value => (value >= 0.5 ? 1 : 0));
        keys.choose(null);
        settle(encode(binary), false);
        if (isFinal) {
            host.acted();
            say();
        }
    }

    choose(host.state.index, false);
    return {
        digit,
        destroy() {
            stop();
            planes.destroy();
        },
    };
}
