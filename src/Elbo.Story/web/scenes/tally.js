// One source of pictures in scene 6: its newest draws with their verdicts, and the share that is read with confidence.
//
//   const tally = createTally({ source, host, classifier });
//   tally.element; tally.count; tally.most; tally.draw(); tally.show(); tally.restart(); tally.said() -> "VAE, z from N(0, I): 59 % ± 1"

import { createShare } from '../engine/share.js';
import { element } from '../parts/dom.js';
import { createShareBar } from '../parts/shareBar.js';
import { createVerdicts } from '../parts/verdicts.js';

export const threshold = 0.9;
const shown = 16;     // a phone shows the first eight
const spoken = 8;
const references = ['digits', 'pixels'];

export function createTally({ source, host, classifier }) {
    const verdicts = createVerdicts({ count: shown, threshold });
    const bar = createShareBar({ colour: references.includes(source.id) ? 'edge' : 'accent' });
    const value = element('p', { class: 'share-value' });
    const [name, note] = [host.text(source.id), host.text(`${source.id}Note`)];
    const full = `${name}${host.text('comma')}${note}`;
    const section = element('section', { class: `tally tally-${source.id}` },
        element('div', { class: 'tally-head' }, element('h2', {}, name, ' ', element('span', { class: 'caption' }, note)), value),
        bar.element, verdicts.element);
    let [share, newest, random] = [null, [], null];

    function draw() {
        const picture = source.draw(random, share.count);
        const read = classifier.read(picture);
        share.add(read.confidence >= threshold);
        newest.unshift({ picture: Float32Array.from(picture), ...read });
        newest.length = Math.min(newest.length, shown);
    }

    const figures = () => ({ share: (100 * share.value).toFixed(1), error: (100 * share.error).toFixed(1), count: share.count });

    const verdict = ({ label, confidence }) => host.text('verdict', { label, share: Math.floor(100 * confidence) });

    function show() {
        verdicts.show(newest);
        verdicts.describe(newest.length
            ? `${full}${host.text('colon')}${newest.slice(0, spoken).map(verdict).join(host.text('comma'))}`
            : full);
        if (share.count) {
            bar.set(share.value, share.error);
            value.textContent = host.text('share', figures());
        } else {
            bar.clear();
            value.textContent = '\u2013';
        }
    }

    function restart() {
        [share, newest, random] = [createShare(), [], host.random(source.id)];
        show();
    }

    restart();
    return {
        element: section,
        get count() { return share.count; },
        most: source.most,
        draw, show, restart,
        said: () => `${full}${host.text('colon')}${host.text('share', figures())}`,
    };
}
