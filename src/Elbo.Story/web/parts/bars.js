// A few quantities as labelled horizontal bars on one scale.
//
//   const bars = createBars([{ id: 'kl', label: 'KL', colour: 'kl' }, ...]);     // colour: a CSS variable's name
//   bars.element; bars.set({ kl: 6.1 }, 20)      // values, and the value of a full bar
//   bars.relabel({ kl: '...' })

import { element } from './dom.js';

export function createBars(rows, format = value => value.toFixed(1)) {
    const parts = new Map(rows.map(({ id, label, colour }) => {
        const fill = element('span', { class: 'bar-fill', style: `background: var(--${colour})` });
        const name = element('span', { class: 'bar-name' }, label);
        const value = element('span', { class: 'bar-value' });
        const track = element('span', { class: 'bar-track' }, fill);
        return [id, { fill, name, value, row: element('div', { class: 'bar-row' }, name, track, value) }];
    }));

    function set(values, full) {
        for (const [id, value] of Object.entries(values)) {
            parts.get(id).fill.style.width = `${Math.max(0, Math.min(1, value / full)) * 100}%`;
            parts.get(id).value.textContent = format(value);
        }
    }

    function relabel(labels) {
        for (const [id, label] of Object.entries(labels))
            parts.get(id).name.textContent = label;
    }

    return { element: element('div', { class: 'bars' }, ...Array.from(parts.values(), part => part.row)), set, relabel };
}
