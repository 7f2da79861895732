// Sentences of the text files in the page. Each says what it is (claim, definition, instruction, question); a claim whose figures are not
// at hand is left out.

import { element } from '../parts/dom.js';
import { fill } from './texts.js';

export function sentences(list, figures) {
    return list.map(sentence => fill(sentence.text, figures)).filter(text => text !== null);
}

export const paragraph = (list, figures, language, attributes) =>
    element('p', attributes, sentences(list, figures).join(language === 'zh' ? '' : ' '));
