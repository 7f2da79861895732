// Sentences of the text files in the page. Each says what it is (claim, definition, instruction, question); a claim whose figures are not
// at hand is left out.

import { element } from '../parts/dom.js';
import { fill } from './texts.js';

export function sentences(list, figures) {
    return list.map(sentence => fill(sentence.text, figures)).filter(text => text !== null);
}

export const paragraph = (list, figures, language, attributes) =>
    element('p', attributes, sentences(list, figures).join(language === 'zh' ? '' : ' '));

/**
 * Before what was found on the models that come with Elbo, where the page is made of others: a claim without figures of the page's own.
 * Null elsewhere.
 */
export const foundOn = (list, texts) =>
    ('own' in document.documentElement.dataset && list.some(({ kind, text }) => kind === 'claim' && !text.includes('{'))
        ? element('p', { class: 'said' }, texts.shell.onBundled)
        : null);
