// The question that the reader answers before acting. Answered, it shrinks to one line; once the scene has been tried it says what came out.

import { element } from '../parts/dom.js';
import { predict, predictionOf } from './predictions.js';
import { sentences } from './sentences.js';

export function createPredictionCard({ scene, texts, figures, isRevealed, onPredicted }) {
    const { prediction } = scene;
    const { shell } = texts;
    const chosen = predictionOf(scene.id);
    const card = element('div', { class: 'prediction' });
    if (chosen === null) {
        const asked = element('p', { class: 'ask', id: 'ask' }, element('strong', {}, shell.predict), ' ', sentences([prediction.ask], figures).join(''));
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
    if (isRevealed)
        card.append(element('p', { class: 'outcome' }, `${shell.itWas}${prediction.options[prediction.answer]}`));
    return card;
}
