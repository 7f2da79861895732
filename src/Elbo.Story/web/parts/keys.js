// The keys 0 to 9.
//
//   const keys = createKeys({ label: 'digit', chosen: 6, onKey: digit => ... });
//   keys.element; keys.choose(digit)   // shows it as chosen, without calling onKey
//
// The keyboard's 0 to 9 reach a scene through the shell wherever the focus is: the scene returns digit(number) from create.

import { element } from './dom.js';

export function createKeys({ label, chosen = null, onKey }) {
    const buttons = Array.from({ length: 10 }, (_, digit) =>
        element('button', {
            type: 'button', class: 'key', 'aria-pressed': String(digit === chosen), onclick: () => onKey(digit),
        }, String(digit)));

    function choose(digit) {
        buttons.forEach((each, index) => each.setAttribute('aria-pressed', String(index === digit)));
    }

    return { element: element('div', { class: 'keys', role: 'group', 'aria-label': label }, ...buttons), choose };
}
