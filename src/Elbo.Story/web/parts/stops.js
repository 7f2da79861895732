// Names below the places of a slider: all of them, or those that have room, with both ends and the chosen one among them.
//
//   const stops = createStops(['0', '0.1', ...]);
//   stops.element; stops.choose(index); stops.destroy()

import { element } from './dom.js';

const gap = 8;

export function createStops(names) {
    const marks = names.map(name => element('span', {}, element('span', { class: 'stop-name' }, name)));
    const list = element('div', { class: 'stops', 'aria-hidden': 'true' }, ...marks);
    const last = marks.length - 1;
    let chosen = 0;

    function fit() {
        const widest = Math.max(...marks.map(mark => mark.firstChild.offsetWidth));
        const step = Math.max(1, Math.ceil((widest + gap) * last / list.clientWidth));
        const isFree = (index, ...others) => others.every(other => Math.abs(index - other) >= step);
        marks.forEach((mark, index) => {
            const isEnd = index === 0 || index === last;
            const isShown = index === chosen || (isFree(index, chosen) && (isEnd || (index % step === 0 && isFree(index, 0, last))));
            mark.classList.toggle('crowded', !isShown);
            mark.classList.toggle('chosen', index === chosen);
        });
    }

    const observer = new ResizeObserver(fit);
    observer.observe(list);
    return {
        element: list,
        choose(index) {
            chosen = index;
            fit();
        },
        destroy: () => observer.disconnect(),
    };
}
