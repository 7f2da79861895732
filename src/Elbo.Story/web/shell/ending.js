// The end of the story: six questions, the reader's own predictions beside what was found, and a worksheet to print.

import { button, element } from '../parts/dom.js';
import { linkTo } from './link.js';
import { outcomeOf, spaceAfter } from './predictionCard.js';
import { foundOn, paragraph } from './sentences.js';

/** No scene's packs are at hand here. */
const none = () => undefined;

/** After "First, a guess:" a question begins small; here it stands alone. */
const capitalised = text => text[0].toUpperCase() + text.slice(1);

function asked({ question, scene, link, texts, number }) {
    const { shell } = texts;
    return element('li', { class: 'asked' },
        element('p', { class: 'asked-question' }, `${number}. ${question.text}`),
        element('details', {}, element('summary', {}, shell.answer),
            foundOn(scene.insight, texts) ?? '',
            paragraph(scene.insight, none, link.language, { class: 'answer' }),
            element('p', { class: 'said asked-then' }, capitalised(scene.prediction.ask.text)),
            outcomeOf(scene, texts, none) ?? element('p', { class: 'said' }, shell.notPredicted),
            element('p', {}, element('a', { href: linkTo(link, scene.id) }, `${shell.seeAgain}${scene.title}`))));
}

function worksheet(texts, ids) {
    const { shell, scenes } = texts;
    const tasks = scenes.filter(scene => ids.includes(scene.id)).map(scene => element('li', { class: 'task' },
        element('h3', {}, scene.title),
        element('p', {}, scene.question.map(sentence => sentence.text).join(' ')),
        element('p', {}, `${shell.predict}${spaceAfter(shell.predict)}${scene.prediction.ask.text}`),
        element('ul', { class: 'boxes' }, ...scene.prediction.options.map(option => element('li', {}, `☐ ${option}`))),
        element('p', { class: 'write' }, shell.seen)));
    return element('section', { class: 'worksheet' },
        element('h2', {}, shell.worksheet), element('p', { class: 'name' }, shell.name), element('ol', {}, ...tasks));
}

export function createEnding({ link, texts, ids }) {
    const { shell, questions, scenes } = texts;
    const items = questions.filter(question => ids.includes(question.scene)).map((question, index) => asked({
        question, scene: scenes.find(scene => scene.id === question.scene), link, texts, number: index + 1,
    }));
    return element('div', { class: 'ending' },
        element('p', { class: 'kicker' }, shell.end),
        element('h1', { tabindex: '-1' }, shell.endTitle),
        element('ol', { class: 'questions' }, ...items),
        element('p', {}, button(shell.print, () => window.print(), { class: 'button primary' })),
        worksheet(texts, ids));
}
