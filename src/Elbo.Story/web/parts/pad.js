// A pad to draw a digit on with a pen, a finger or the mouse.
//
//   const pad = createPad({ label: '...', onDrawn: (image, isFinal) => ... });
//   pad.element; pad.clear()
//
// onDrawn is called at every move of a stroke (browsers send one a frame; isFinal is false) and at its end (true); image is a
// Float32Array(784) as MNIST's, or null where nothing is drawn, or one dot.

import { reduced } from '../engine/drawing.js';
import { element } from './dom.js';

const side = 280;
const pen = 22;

export function createPad({ label, onDrawn }) {
    const canvas = element('canvas', {
        width: side, height: side, class: 'pad', role: 'img', 'aria-label': label,
        onpointerdown: down, onpointermove: move, onpointerup: up, onpointercancel: up,
    });
    const context = canvas.getContext('2d', { willReadFrequently: true });
    let last = null;

    function clear() {
        context.fillStyle = 'black';
        context.fillRect(0, 0, side, side);
    }

    function place(event) {
        const box = canvas.getBoundingClientRect();
        return [(event.clientX - box.left) / box.width * side, (event.clientY - box.top) / box.height * side];
    }

    function stroke(from, to) {
        context.strokeStyle = 'white';
        context.lineWidth = pen;
        context.lineCap = context.lineJoin = 'round';
        context.beginPath();
        context.moveTo(...from);
        context.lineTo(...to);
        context.stroke();
    }

    const report = isFinal => onDrawn(reduced(canvas, pen), isFinal);

    function down(event) {
        event.preventDefault();
        canvas.setPointerCapture(event.pointerId);
        last = place(event);
        stroke(last, [last[0] + 0.1, last[1]]);
    }

    function move(event) {
        if (!last)
            return;
        // A fast finger reports several places between two frames.
        const events = event.getCoalescedEvents?.() ?? [];
        for (const each of events.length ? events : [event]) {
            const next = place(each);
            stroke(last, next);
            last = next;
        }
        report(false);
    }

    function up() {
        if (!last)
            return;
        last = null;
        report(true);
    }

    clear();
    return { element: canvas, clear };
}
