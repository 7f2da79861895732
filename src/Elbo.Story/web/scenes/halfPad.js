// A digit of 28 by 28 pixels whose lower half lies under a cover; the upper half is painted on with a finger.
//
//   const pad = createHalfPad({ label, rows, onPainted: (image, isFinal) => ... });
//   pad.element; pad.show(image); pad.erases = true; pad.reveal(image or null)   // what lies under the cover, or the cover again

import { element } from '../parts/dom.js';
import { createPicture } from '../parts/picture.js';

const side = 28, pen = 1.15;

export function createHalfPad({ label, rows, onPainted }) {
    const picture = createPicture({ label });
    const image = new Float32Array(side * side);
    const sheet = element('div', { class: 'cover', 'aria-hidden': 'true' });
    const box = element('div', {
        class: 'half-pad', onpointerdown: down, onpointermove: move, onpointerup: up, onpointercancel: up,
    }, picture.element, sheet);
    let last = null;
    const pad = { element: box, erases: false, show, reveal };

    function show(values) {
        image.set(values);
        picture.show(image);
    }

    function reveal(whole) {
        sheet.classList.toggle('open', whole !== null);
        picture.show(whole ?? image);
    }

    function place(event) {
        const bounds = box.getBoundingClientRect();
        return [(event.clientX - bounds.left) / bounds.width * side, (event.clientY - bounds.top) / bounds.height * side];
    }

    function dab([x, y]) {
        for (let row = Math.max(0, Math.floor(y - pen)); row <= Math.min(rows - 1, y + pen); row++) {
            for (let column = Math.max(0, Math.floor(x - pen)); column <= Math.min(side - 1, x + pen); column++) {
                if (Math.hypot(column + 0.5 - x, row + 0.5 - y) <= pen)
                    image[row * side + column] = pad.erases ? 0 : 1;
            }
        }
    }

    function stroke(to) {
        const steps = Math.max(1, Math.ceil(2 * Math.hypot(to[0] - last[0], to[1] - last[1])));
        for (let step = 1; step <= steps; step++)
            dab([0, 1].map(axis => last[axis] + (to[axis] - last[axis]) * step / steps));
        last = to;
        picture.show(image);
    }

    function down(event) {
        last = place(event);
        if (last[1] >= rows) {
            last = null;
            return;
        }
        event.preventDefault();
        box.setPointerCapture(event.pointerId);
        stroke(last);
        onPainted(image, false);
    }

    function move(event) {
        if (!last)
            return;
        const events = event.getCoalescedEvents?.() ?? [];
        (events.length ? events : [event]).forEach(each => stroke(place(each)));
        onPainted(image, false);
    }

    function up() {
        if (!last)
            return;
        last = null;
        onPainted(image, true);
    }

    return pad;
}
