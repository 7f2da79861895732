// Scene 5, "Two pulls": three small VAEs learn in the page. One is told to reconstruct, one to keep KL small, one both. Where the device is
// too slow for that, or the link says training=recorded, a recording is shown instead; training=live never gives way to it.

import { createDigits } from '../engine/digits.js';
import { objectives } from '../engine/trainingShow.js';
import { button, element } from '../parts/dom.js';
import { nats } from '../parts/nats.js';
import { clampedInteger } from '../shell/link.js';
import { startTraining } from './liveTraining.js';
import { playRecording } from './recordedTraining.js';
import { createTermCurve } from './termCurve.js';
import { createWorld } from './trainingWorld.js';

const speeds = ['slow', 'normal', 'full'];

/** Steps a second of all three models, below which a recording is shown. */
const slowest = 20;

export default {
    id: 5,
    packs: ['digits'],
    optional: ['recording'],
    parse: raw => ({
        speed: speeds.includes(raw.speed) ? raw.speed : 'normal',
        tab: clampedInteger(raw.tab, 0, objectives.length - 1, 2),
        training: ['live', 'recorded'].includes(raw.training) ? raw.training : '',
    }),
    create,
};

function create(host) {
    const { state, text } = host;
    const digits = createDigits(host.packs.get('digits')), { data: images } = host.packs.get('digits').tensors.get('white');
    const recording = host.packs.get('recording');
    const labels = Uint8Array.from({ length: digits.count }, (_, index) => digits.label(index));
    const worlds = objectives.map(({ id }) => createWorld({ id, text, labels, reducedMotion: host.reducedMotion }));
    const curves = ['reconstruction', 'kl'].map(term => createTermCurve({ term, text, ids: objectives.map(({ id }) => id) }));
    const count = element('span', { class: 'caption count' });
    const note = element('p', { class: 'caption recorded', role: 'status' });
    const playing = button(text('play'), () => play(!isPlaying), { class: 'button primary play' });
    const speed = element('select', { 'aria-label': text('speed'), onchange: () => {
        host.setState({ speed: speed.value });
        play(isPlaying);
    } }, ...speeds.map(name => element('option', { value: name, selected: name === state.speed }, text(name))));
    const tabs = objectives.map(({ id }, index) => button(text(shortName(id)), () => choose(index), { class: 'tab' }));
    const trio = element('div', { class: 'trio' }, ...worlds.map(world => world.element));
    let [isPlaying, isToSay, steps, latest, training] = [false, false, 0, null, null];

    host.element.append(element('div', { class: 'two-pulls' },
        element('div', { class: 'row controls' }, playing, button(text('step'), stepOnce), button(text('restart'), restart), speed, count),
        note,
        element('div', { class: 'row tabs', role: 'group', 'aria-label': text('worlds') }, ...tabs),
        trio,
        element('div', { class: 'curves' }, ...curves.map(curve => curve.element))));

    function choose(index) {
        host.setState({ tab: index });
        trio.dataset.tab = index;
        tabs.forEach((tab, at) => tab.setAttribute('aria-pressed', String(at === index)));
    }

    function play(isOn) {
        isPlaying = isOn && steps < training.last;
        playing.textContent = text(isPlaying ? 'pause' : 'play');
        isToSay = !isPlaying;
        if (!isPlaying) {
            training.pause();
            return;
        }
        training.play(speed.value);
        host.acted();
    }

    function stepOnce() {
        if (isPlaying)
            play(false);
        isToSay = true;
        training.step();
        host.acted();
    }

    function clear() {
        latest = null;
        curves.forEach(curve => curve.clear());
        worlds.forEach(world => world.reset());
    }

    function restart() {
        isPlaying = false;
        playing.textContent = text('play');
        clear();
        training.restart();
    }

    function report({ steps: reached, history, models }) {
        steps = reached;
        for (const [at, terms] of history) {
            terms.forEach((pair, model) => curves.forEach((curve, term) => curve.add(model, at, pair[term], training?.isRecorded)));
            latest = terms;
        }
        models.forEach((model, index) => worlds[index].show(model, latest?.[index] ?? null));
        curves.forEach(curve => curve.invalidate());
        count.textContent = text('steps', { steps });
        if (isPlaying && steps >= training.last)
            play(false);
        else if (isToSay)
            say();
    }

    /** Said when the training stops, not at each of its steps. */
    function say() {
        isToSay = false;
        if (!latest)
            return;
        const [a, b, c] = latest.map(([reconstruction, kl]) => text('terms', { reconstruction: nats(reconstruction, 1), kl: nats(kl, 1) }));
        host.announce(text('state', { steps, a, b, c }));
    }

    /** Goes on from the recording at the step that has been reached. */
    function showRecording() {
        const wasPlaying = isPlaying;
        training?.destroy();
        clear();
        training = playRecording({ pack: recording, after: steps, onReport: report });
        note.textContent = text('recorded', { count: training.count });
        training.begin();
        play(wasPlaying);
    }

    choose(state.tab);
    if (recording && state.training === 'recorded') {
        showRecording();
    } else {
        training = startTraining({
            images,
            onReport: report,
            onPace(pace) {
                if (recording && pace < slowest && state.training !== 'live')
                    showRecording();
            },
        });
    }
    return {
        destroy() {
            training.destroy();
            worlds.forEach(world => world.destroy());
            curves.forEach(curve => curve.destroy());
        },
    };
}

const shortName = id => `short${id[0].toUpperCase()}${id.slice(1)}`;
