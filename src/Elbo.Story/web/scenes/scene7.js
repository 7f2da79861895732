// Every cloud different, all together one Gaussian: the clouds q(z given x) of the test digits pile up, one by one, to the aggregate
// posterior; one of them can be seen alone.

import { readCodes } from '../engine/codes.js';
import { createDigits } from '../engine/digits.js';
import { createBars } from '../parts/bars.js';
import { button, element } from '../parts/dom.js';
import { axes, ellipse, marker } from '../parts/layers.js';
import { createMarginal } from '../parts/marginal.js';
import { nats } from '../parts/nats.js';
import { createPicture } from '../parts/picture.js';
import { createPlane } from '../parts/plane.js';
import { clampedInteger, clampedNumber } from '../shell/link.js';
import { loupe } from './atlas.js';
import { createPile, range } from './pile.js';

const all = 1000;
const slice = 7;            // milliseconds of a frame that adding clouds may take
const near = 0.35;          // how far from a mean the pointer may hover
const fullBar = 8;          // nats
const pictureTime = 200;    // milliseconds that a picture stays while the pile grows
const dimmed = 0.18;

export default {
    id: 7,
    packs: ['codes-plane', 'digits'],
    optional: ['figures'],
    parse: raw => {
        const alone = clampedInteger(raw.alone, -1, all - 1, -1);
        return { clouds: clampedInteger(raw.clouds, 1, all, 1), alone: alone < 0 ? null : alone };
    },
    create,
};

function create(host) {
    const { state, text } = host;
    const digits = createDigits(host.packs.get('digits')), codes = readCodes(host.packs.get('codes-plane'));
    const most = Math.min(all, codes.count, digits.count);
    const labels = Uint8Array.from({ length: digits.count }, (_, index) => digits.label(index));
    const pile = createPile(codes, labels);
    const picture = createPicture();
    const pictureOf = element('figcaption', { class: 'caption' });
    const measured = [{ id: 'one', label: '', colour: 'kl' }, { id: 'pile', label: text('pile'), colour: 'accent' }];
    const bars = createBars(measured, value => nats(value, 2));
    const plane = createPlane({
        label: text('plane'), view: { x: 0, y: 0, range }, hovers: true, point: () => cursor, onPoint: point,
        layers: [
            axes(), pile.layer(() => (alone === null ? 1 : dimmed)), ellipse(cloud),
            marker(() => (alone === null ? null : meanOf(alone))), glass,
        ],
    });
    const marginals = [0, 1].map(axis => createMarginal({
        axis, plane, read: () => ({ densities: pile.marginal(axis, alone), range, colour: alone === null ? 'accent' : 'kl' }),
    }));
    const slider = element('input', {
        type: 'range', min: 1, max: most, step: 1, value: state.clouds, 'aria-label': text('clouds'), oninput: () => {
            stop();
            goTo(Number(slider.value));
            host.acted();
        },
    });
    const count = element('span', { class: 'caption count' });
    const one = button(text('one'), () => {
        stop();
        goTo(wanted + 1);
        host.acted();
        describe(true);
    });
    const playing = button('', toggle, { class: 'button primary play' });
    const together = button(text('together'), () => choose(null), { class: 'button together' });
    let [alone, cursor, wanted, isPlaying, frame, before, pictured] = [null, [0, 0], 0, false, 0, 0, 0];

    host.element.append(
        element('div', { class: 'controls' }, element('div', { class: 'row' }, playing, one, count), slider),
        element('div', { class: 'pile' }, marginals[0].element, together, plane.element, marginals[1].element),
        element('div', { class: 'beside' },
            element('figure', { class: 'newest' }, picture.element, pictureOf),
            element('div', { class: 'measures' }, element('p', { class: 'caption' }, text('measure')), bars.element,
                element('p', { class: 'caption legend' },
                    element('span', {}, element('span', { class: 'mark-pile' }), text('marginal')),
                    element('span', {}, element('span', { class: 'mark-normal' }), 'N(0, 1)')))));
    plane.element.addEventListener('pointerleave', event => event.pointerType === 'mouse' && choose(null));
    plane.element.addEventListener('blur', () => choose(null));
    plane.element.addEventListener('keydown', event => event.key === 'Escape' && choose(null));

    const meanOf = index => Array.from(codes.means.subarray(2 * index, 2 * index + 2));
    const deviationOf = index => Array.from(codes.deviations.subarray(2 * index, 2 * index + 2));

    /** The cloud that is looked at alone, or the newest. */
    function cloud() {
        const index = alone ?? (pile.count < most ? pile.count - 1 : null);
        return index === null ? null : { mean: meanOf(index), deviation: deviationOf(index), colour: `class-${labels[index]}`, least: 2 };
    }

    function glass(context, view) {
        if (alone !== null)
            loupe(() => meanOf(alone), picture)(context, view);
    }

    function point(x, y, phase) {
        cursor = [clampedNumber(x, -range, range, 0), clampedNumber(y, -range, range, 0)];
        choose(pile.nearest(...cursor, phase === 'hover' ? near : Infinity));
        if (phase === 'up' || phase === 'key')
            describe(true);
    }

    function choose(index) {
        if (index === alone)
            return;
        alone = index;
        host.setState({ alone });
        show(true);
    }

    function goTo(clouds) {
        wanted = Math.min(most, Math.max(1, clouds));
        if (alone !== null && alone >= wanted)
            choose(null);
        before = performance.now();
        frame ||= requestAnimationFrame(step);
    }

    function toggle() {
        host.acted();
        if (host.reducedMotion)
            goTo(wanted >= most ? 1 : wanted + 100);
        else if (isPlaying)
            stop();
        else
            play();
    }

    function play() {
        choose(null);
        isPlaying = true;
        goTo(wanted >= most ? 1 : wanted);
    }

    function stop() {
        isPlaying = false;
        wanted = Math.max(1, Math.round(wanted));
    }

    /** The first clouds come slowly enough to be seen one by one, the later ones faster and faster. */
    function step(now) {
        if (isPlaying && pile.count >= Math.floor(wanted)) {
            wanted = Math.min(most, wanted + (6 + wanted / 2) * Math.min(0.1, Math.max(0, now - before) / 1000));
            before = now;
        }
        const end = performance.now() + slice;
        let isThere = pile.towards(Math.floor(wanted), 2);
        while (!isThere && performance.now() < end)
            isThere = pile.towards(Math.floor(wanted), 2);
        if (isPlaying && isThere && pile.count >= most)
            isPlaying = false;
        frame = isPlaying || !isThere ? requestAnimationFrame(step) : 0;
        show(!frame);
        if (!frame) {
            host.setState({ clouds: pile.count });
            describe(true);
        }
    }

    function show(isSettled) {
        const now = performance.now();
        const index = alone ?? pile.count - 1;
        if (isSettled || now - pictured > pictureTime) {
            pictured = now;
            picture.show(digits.binary(index));
            pictureOf.textContent = text(alone === null ? 'newest' : 'one-alone', { label: labels[index] });
        }
        bars.relabel({ one: text(alone === null ? 'each' : 'this', { label: labels[index] }) });
        bars.set({ one: alone === null ? pile.meanKl() : pile.klOf(alone), pile: pile.kl() }, fullBar);
        count.textContent = text('count', { count: pile.count, most, kl: nats(pile.kl(), 2) });
        slider.value = pile.count;
        playing.textContent = text(host.reducedMotion ? 'hundred' : isPlaying ? 'pause' : 'play');
        together.classList.toggle('idle', alone === null);
        together.setAttribute('aria-disabled', String(alone === null));
        plane.invalidate();
        marginals.forEach(marginal => marginal.invalidate());
        if (isSettled)
            describe(false);
    }

    function describe(isSaid) {
        const pileText = text('said', { count: pile.count, kl: nats(pile.kl(), 2), mean: nats(pile.meanKl(), 2) });
        const aloneText = alone === null ? '' : text('saidAlone', {
            label: labels[alone], kl: nats(pile.klOf(alone), 2), z: meanOf(alone).map(value => nats(value, 2)).join(', '),
            sigma: deviationOf(alone).map(value => nats(value, 3)).join(', '),
        });
        picture.describe(pictureOf.textContent);
        marginals.forEach((marginal, axis) => marginal.describe(text('marginalLabel', { axis: axis + 1 })));
        if (isSaid)
            host.announce(aloneText || pileText);
    }

    /** The next cloud of a digit among those in the pile. */
    function digit(number) {
        for (let n = 1; n <= pile.count; n++) {
            const index = ((alone ?? -1) + n) % pile.count;
            if (labels[index] === number) {
                cursor = meanOf(index);
                choose(index);
                describe(true);
                return;
            }
        }
    }

    goTo(state.clouds);
    pile.towards(1, 1);
    if (state.alone !== null && state.alone < wanted)
        alone = state.alone;
    show(true);
    return {
        digit,
        destroy() {
            cancelAnimationFrame(frame);
            plane.destroy();
            marginals.forEach(marginal => marginal.destroy());
        },
    };
}
