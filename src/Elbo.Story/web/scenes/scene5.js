// Scene 5, "Two pulls": three small VAEs learn in the page. One is told to reconstruct, one to keep KL small, one both.

import { createDigits } from '../engine/digits.js';
import { objectives } from '../engine/trainingShow.js';
import { startWorker } from '../engine/workers.js';
import { button, element } from '../parts/dom.js';
import { nats } from '../parts/nats.js';
import { clampedInteger } from '../shell/link.js';
import { createTermCurve } from './termCurve.js';
import { createWorld } from './trainingWorld.js';

const rates = { slow: 4, normal: 15, full: Infinity };
const most = 3000;

export default {
    id: 5,
    packs: ['digits'],
    parse: raw => ({ speed: raw.speed in rates ? raw.speed : 'normal', tab: clampedInteger(raw.tab, 0, objectives.length - 1, 2) }),
    create,
};

function create(host) {
    const { state, text } = host;
    const digits = createDigits(host.packs.get('digits')), { data: images } = host.packs.get('digits').tensors.get('white');
    const labels = Uint8Array.from({ length: digits.count }, (_, index) => digits.label(index));
    const worlds = objectives.map(({ id }) => createWorld({ id, text, labels, reducedMotion: host.reducedMotion }));
    const curves = ['reconstruction', 'kl'].map(term => createTermCurve({ term, text, ids: objectives.map(({ id }) => id) }));
    const worker = startWorker('engine/trainingWorker.js');
    const count = element('span', { class: 'caption count' });
    const playing = button(text('play'), () => play(!isPlaying), { class: 'button primary play' });
    const speed = element('select', { 'aria-label': text('speed'), onchange: () => {
        host.setState({ speed: speed.value });
        play(isPlaying);
    } }, ...Object.keys(rates).map(name => element('option', { value: name, selected: name === state.speed }, text(name))));
    const tabs = objectives.map(({ id }, index) => button(text(shortName(id)), () => choose(index), { class: 'tab' }));
    const trio = element('div', { class: 'trio' }, ...worlds.map(world => world.element));
    let [isPlaying, isToSay, steps, latest, restarts] = [false, false, 0, null, 0];

    host.element.append(element('div', { class: 'two-pulls' },
        element('div', { class: 'row controls' }, playing, button(text('step'), stepOnce), button(text('restart'), restart), speed, count),
        element('div', { class: 'row tabs', role: 'group', 'aria-label': text('worlds') }, ...tabs),
        trio,
        element('div', { class: 'curves' }, ...curves.map(curve => curve.element))));

    function choose(index) {
        host.setState({ tab: index });
        trio.dataset.tab = index;
        tabs.forEach((tab, at) => tab.setAttribute('aria-pressed', String(at === index)));
    }

    function play(isOn) {
        isPlaying = isOn && steps < most;
        playing.textContent = text(isPlaying ? 'pause' : 'play');
        worker.postMessage({ rate: isPlaying ? rates[speed.value] : 0 });
        isToSay = !isPlaying;
        if (isPlaying)
            host.acted();
    }

    function stepOnce() {
        if (isPlaying)
            play(false);
        worker.postMessage({ steps: 1 });
        host.acted();
    }

    function restart() {
        worker.postMessage({ restart: true, rate: 0 });
        restarts++;
        [isPlaying, latest] = [false, null];
        playing.textContent = text('play');
        curves.forEach(curve => curve.clear());
        worlds.forEach(world => world.reset());
    }

    worker.onmessage = ({ data }) => {
        // A report of the training before "start again" may still be on its way.
        if (data.restarts !== restarts)
            return;
        steps = data.steps;
        data.history.forEach((terms, index) => {
            const at = steps - data.history.length + index + 1;
            terms.forEach((pair, model) => curves.forEach((curve, term) => curve.add(model, at, pair[term])));
            latest = terms;
        });
        data.models.forEach((model, index) => worlds[index].show(model, latest?.[index] ?? null));
        curves.forEach(curve => curve.invalidate());
        count.textContent = text('steps', { steps });
        if (isPlaying && steps >= most)
            play(false);
        else if (isToSay)
            say();
    };

    /** Said when the training stops, not at each of its steps. */
    function say() {
        isToSay = false;
        if (!latest)
            return;
        const [a, b, c] = latest.map(([reconstruction, kl]) => text('terms', { reconstruction: nats(reconstruction, 1), kl: nats(kl, 1) }));
        host.announce(text('state', { steps, a, b, c }));
    }

    choose(state.tab);
    worker.postMessage({ images, seed: 5 });
    return {
        destroy() {
            worker.terminate();
            worlds.forEach(world => world.destroy());
            curves.forEach(curve => curve.destroy());
        },
    };
}

const shortName = id => `short${id[0].toUpperCase()}${id.slice(1)}`;
