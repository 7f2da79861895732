// A row of pictures, each with what it reads as below it; the newest comes first.
//
//   const verdicts = createVerdicts({ count: 8, threshold: 0.9 });
//   verdicts.element; verdicts.show([{ picture, label, confidence }, ...]); verdicts.describe(text)
//
// To a screen reader the row is one picture: the caller says what it shows.

import { element } from './dom.js';
import { createPicture } from './picture.js';

export function createVerdicts({ count, threshold }) {
    const cells = Array.from({ length: count }, () => {
        const picture = createPicture();
        const label = element('strong');
        const share = element('span');
        const caption = element('span', { class: 'verdict-text' }, label, ' ', share);
        return { picture, label, share, cell: element('div', { class: 'verdict', 'aria-hidden': 'true' }, picture.element, caption) };
    });
    const row = element('div', { class: 'verdicts', role: 'img' }, ...cells.map(({ cell }) => cell));

    function show(items) {
        cells.forEach(({ picture, label, share, cell }, index) => {
            const item = items[index];
            if (item)
                picture.show(item.picture);
            else
                picture.clear();
            label.textContent = item ? item.label : '\u00a0';
            share.textContent = item ? `${Math.floor(100 * item.confidence)}%` : '';
            cell.classList.toggle('sure', Boolean(item) && item.confidence >= threshold);
        });
    }

    show([]);
    return { element: row, show, describe: text => row.setAttribute('aria-label', text) };
}
