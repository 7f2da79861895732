// Starts the story and shows the scene that the link names.
//
// A scene is { id, packs, later?, first?(state, load), optional?, parse(raw) -> state, create(host) -> { destroy(), digit?(number),
// resize?() } };
// the host is
//   element           the empty stage
//   packs             Map name -> pack: those of `packs`, those that first(state, load) names besides (from what it loads of `packs`, if
//                     it must), and of `optional` what there is
//   load(name)        a promise of another, of `later` or named by a pack; kept in packs from then on
//   state, setState   the scene's part of the link; setState(partial) writes it a moment later
//   text(key, values) a label or sentence of the scene (or of the shell) in the current language, with values put in
//   announce(text)    says it to a screen reader
//   acted()           the reader has done what the scene is about: the insight appears
//   random(name)      seeded random numbers, engine/random.js
//   theme()           'light' or 'dark'
//   reducedMotion     whether to leave out movement that only pleases

import { createRandom } from '../engine/random.js';
import { hasPack, holdsPacks, loadPack } from '../engine/packs.js';
import { element } from '../parts/dom.js';
import { createEnding } from './ending.js';
import { formula } from './formulas.js';
import { createFooter, createHeader, createSteps } from './frame.js';
import { forgetWrite, linkTo, readLink, writeLink } from './link.js';
import { createPredictionCard, outcomeOf } from './predictionCard.js';
import { availableScenes } from './scenes.js';
import { foundOn, paragraph } from './sentences.js';
import { keep, setting } from './settings.js';
import { figuresOf, fill, loadTexts, pickLanguage } from './texts.js';
import { nextTheme, setTheme } from './theme.js';

const scenes = availableScenes();
const ids = scenes.map(scene => scene.id);
const live = element('div', { class: 'hidden', role: 'status', 'aria-live': 'polite' });
const root = element('div', { class: 'story' });
const reducedMotion = matchMedia('(prefers-reduced-motion: reduce)').matches;
const revealed = new Set();
let shown = null;
let turn = 0;
let current = null;

async function present() {
    const mine = ++turn;
    forgetWrite();
    const link = { ...readLink(ids) };
    link.language = pickLanguage(link.lang ?? setting('language'));
    link.look = link.theme ?? setting('theme');
    setTheme(link.look);
    const scene = scenes.find(each => each.id === link.scene);
    const [texts, loaded] = await Promise.all([loadTexts(link.language), scene && packsOf(scene, scene.parse(link.raw))]);
    if (mine !== turn)
        return;
    shown?.destroy();
    shown = null;
    document.documentElement.lang = link.language === 'zh' ? 'zh-CN' : 'en';
    document.documentElement.classList.toggle('embedded', link.embed);
    const about = texts.scenes.find(each => each.id === link.scene);
    document.title = about ? `${about.title} · ${texts.shell.title}` : texts.shell.title;
    const focused = document.activeElement?.id;
    if (scene)
        shown = showScene({ link, scene, about, texts, ...loaded });
    else
        showEnd(link, texts);
    if (current === link.scene) {
        document.getElementById(focused || 'none')?.focus({ preventScroll: true });
    } else if (current !== null) {
        scrollTo(0, 0);
        root.querySelector('h1')?.focus({ preventScroll: true });
    }
    current = link.scene;
    prepare(scene && scenes[scenes.indexOf(scene) + 1]);
}

/** The packs of a scene, and whether all are there that it needs. */
async function packsOf(scene, state) {
    const packs = new Map();
    const load = async name => {
        try {
            packs.set(name, await loadPack(name));
        } catch {
            // The stage says so where the scene needs it (showScene).
        }
        return packs.get(name);
    };
    const optional = (scene.optional ?? []).filter(name => !holdsPacks() || hasPack(name));
    const loads = [...scene.packs, ...optional].map(load);
    const first = await scene.first?.(state, load) ?? [];
    await Promise.all([...loads, ...first.map(load)]);
    return { packs, isComplete: [...scene.packs, ...first].every(name => packs.has(name)) };
}

// The next scene's packs are unpacked while the reader looks at this one; from a server they are fetched when they are needed.
function prepare(scene) {
    const later = globalThis.requestIdleCallback ?? (act => setTimeout(act, 500));
    if (scene && holdsPacks())
        later(() => packsOf(scene, scene.parse({})));
}

function header(link, texts, onChange) {
    const made = createHeader({
        link, texts, ids,
        onLanguage: () => {
            const next = link.language === 'zh' ? 'en' : 'zh';
            link.lang = keep('language', next) ? null : next;
            history.replaceState(null, '', linkTo(link, link.scene, link.state));
            present();
        },
        // The scene goes on under another theme: only its colours change.
        onTheme: () => {
            link.look = nextTheme();
            setTheme(link.look);
            link.theme = keep('theme', link.look) ? null : link.look;
            history.replaceState(null, '', linkTo(link, link.scene, link.state));
            made.replaceWith(header(link, texts, onChange));
            document.getElementById('theme').focus();
            onChange();
        },
    });
    return made;
}

function showEnd(link, texts) {
    const way = element('div', { class: 'steps-place' });
    const place = element('main', { id: 'main' });
    const fill = () => {
        place.replaceChildren(createEnding({ link, texts, ids }));
        way.replaceChildren(createSteps({ link, texts, ids }));
    };
    fill();
    root.replaceChildren(header(link, texts, fill), place, way, createFooter({ texts }));
}

function showScene({ link, scene, about, texts, packs, isComplete }) {
    const figures = figuresOf(packs);
    const stage = element('section', { class: `stage scene-${scene.id}`, 'aria-label': about.title });
    const lead = element('div', { class: 'prediction-place' });
    const insight = element('div', { class: 'insight', id: 'insight' });
    const way = element('div', { class: 'steps-place' });
    const formulas = element('details', { class: 'formula' }, element('summary', {}, texts.shell.formula), formula(about.formula));

    function update() {
        const isRevealed = revealed.has(scene.id);
        insight.hidden = !isRevealed;
        insight.replaceChildren(element('h2', {}, texts.shell.insight), foundOn(about.insight, texts) ?? '',
            paragraph(about.insight, figures, link.language), outcomeOf(about, texts, figures) ?? '');
        lead.replaceChildren(createPredictionCard({ scene: about, texts, figures, onPredicted: update }));
        way.replaceChildren(createSteps({ link, texts, ids, isRevealed, onReveal: () => {
            revealed[isRevealed ? 'delete' : 'add'](scene.id);
            update();
            way.querySelector('.reveal').focus();
            insight.scrollIntoView({ block: 'nearest', behavior: reducedMotion ? 'auto' : 'smooth' });
        } }));
    }

    function acted() {
        if (revealed.has(scene.id))
            return;
        revealed.add(scene.id);
        update();
    }

    root.replaceChildren(link.embed ? '' : header(link, texts, update), element('main', { id: 'main' },
        element('div', { class: 'lead' },
            element('p', { class: 'kicker' }, about.title),
            element('h1', { tabindex: '-1' }, about.question.map(sentence => sentence.text).join('')),
            lead,
            paragraph(about.do, figures, link.language, { class: 'do' })),
        stage,
        element('div', { class: 'after' }, insight, formulas)), way, link.embed ? '' : createFooter({ texts }));
    update();
    const random = createRandom(29);

    /** Where it fails the stage says so, and what waits for the pack goes on waiting: nothing else could be shown. */
    async function load(name) {
        try {
            if (!packs.has(name))
                packs.set(name, await loadPack(name));
        } catch {
            if (!stage.querySelector(':scope > .missing'))
                stage.prepend(element('p', { class: 'missing', role: 'alert' }, texts.shell.missing));
            return new Promise(() => {});
        }
        stage.querySelector(':scope > .missing')?.remove();
        return packs.get(name);
    }

    link.state = scene.parse(link.raw);
    const mine = turn;
    const host = {
        element: stage, packs, load, state: link.state, reducedMotion, acted,
        setState(partial) {
            Object.assign(link.state, partial);
            // Not while the next scene is being prepared.
            if (mine === turn)
                writeLink(link, scene.id, link.state);
        },
        text: (key, values) => fill(about.labels?.[key] ?? about.sentences?.[key]?.text ?? texts.shell[key] ?? key, values) ?? '',
        announce: text => { live.textContent = text; },
        random: name => random.fork(`${scene.id}/${name}`),
        theme: () => document.documentElement.dataset.theme,
    };
    if (!isComplete) {
        stage.append(element('p', {}, texts.shell.missing));
        return { destroy() {} };
    }
    return scene.create(host);
}

function digitKey(event) {
    const isTyping = /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName) && event.target.type !== 'range';
    if (isTyping || event.ctrlKey || event.altKey || event.metaKey || !/^[0-9]$/.test(event.key))
        return;
    shown?.digit?.(Number(event.key));
}

document.body.append(root, live);
document.documentElement.classList.add('running');
addEventListener('hashchange', present);
addEventListener('keydown', digitKey);
addEventListener('resize', () => shown?.resize?.());
present();
