// A share as a bar of 0 to 100 %, with its standard error as a whisker.
//
//   const bar = createShareBar({ colour: 'accent' });     // a CSS variable's name
//   bar.element; bar.set(0.59, 0.011); bar.clear()

import { element } from './dom.js';

export function createShareBar({ colour }) {
    const fill = element('span', { class: 'share-fill', style: `background: var(--${colour})` });
    const whisker = element('span', { class: 'share-whisker' });
    const percent = value => `${100 * Math.max(0, Math.min(1, value))}%`;

    function set(share, error) {
        fill.style.width = percent(share);
        whisker.hidden = false;
        whisker.style.left = percent(share - error);
        whisker.style.right = percent(1 - share - error);
    }

    function clear() {
        fill.style.width = '0';
        whisker.hidden = true;
    }

    clear();
    return { element: element('div', { class: 'share-track', 'aria-hidden': 'true' }, fill, whisker), set, clear };
}
