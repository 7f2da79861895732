// The question that the reader answers before acting. Answered, it shrinks to one line.
//
//   createPredictionCard({ scene, texts, figures, onPredicted })     the card above the stage
//   outcomeOf(scene, texts, figures)   what the reader said and what came out, beside the insight; null without a guess, and where the
//                                      answer is a figure that is not at hand

import { element } from '../parts/dom.js';
import { predict, predictionOf } from './predictions.js';
import { sentences } from './sentences.js';

export function createPredictionCard({ scene, texts, figures, onPredicted }) {
    const { prediction } = scene;
    const { shell } = texts;
    const chosen = predictionOf(scene.id);
    const card = element('div', { class: 'prediction' });
    if (chosen === null) {
        const asked = element('p', { class: 'ask', id: 'ask' },
            element('strong', {}, shell.predict), spaceAfter(shell.predict), sentences([prediction.ask], figures).join(''));
        const options = prediction.options.map((option, index) =>
            element('button', { type: 'button', class: 'option', onclick: () => {
                predict(scene.id, index);
                onPredicted();
            } }, option));
        card.append(asked, element('div', { class: 'options', role: 'group', 'aria-labelledby': 'ask' }, ...options));
        return card;
    }
    card.classList.add('answered');
    card.append(element('p', {}, element('span', { class: 'said' }, `${shell.youSaid}${prediction.options[chosen]}`)));
    return card;
}

/** Chinese punctuation is as wide as a letter: no space follows it. */
export const spaceAfter = text => (text.endsWith('：') ? '' : ' ');

export function outcomeOf({ id, prediction: { options, answer } }, { shell }, figures) {
    const chosen = predictionOf(id), right = typeof answer === 'number' ? answer : figures(answer);
    if (chosen === null || right === undefined)
        return null;
    return element('p', { class: 'outcome' }, `${shell.youSaid}${options[chosen]}`, ' · ', `${shell.itWas}${options[right]}`);
}
