// The worker behind "Be the encoder": decodes grids, so that the page's own thread only ever sums over them.
//   in:  { layers } once, then { id, image, mean, deviation } for each image; a waiting image gives way to a newer one
//   out: { id, coarse, fine, best, isFinal } twice for the first image: at once with few coarse nodes, then with all

import { bestEllipse } from './bestEllipse.js';
import { EvidenceComputer } from './evidence.js';
import { LikelihoodField } from './likelihoodField.js';

let rough = null, full = null, waiting = null, running = false;

self.onmessage = ({ data }) => {
    if (data.layers) {
        const field = new LikelihoodField(data.layers);
        rough = new EvidenceComputer(field, 32);
        full = new EvidenceComputer(field, 96);
        return;
    }
    waiting = data;
    if (!running)
        work();
};

async function work() {
    running = true;
    await prepare();
    while (waiting) {
        const asked = waiting;
        waiting = null;
        answer(asked, full, true);
        await messages();
    }
    running = false;
}

/** The page shows something at once, for another image too; the rest of the plane follows meanwhile. */
async function prepare() {
    let answered = null, turn = 0;
    for (const _ of full.preparing()) {
        if (waiting !== answered) {
            answered = waiting;
            answer(answered, rough, false);
        }
        if (++turn % 8 === 0)
            await messages();
    }
}

/** Lets messages arrive that were sent meanwhile. */
function messages() {
    return new Promise(resolve => { setTimeout(resolve, 0); });
}

function answer({ id, image, mean, deviation }, computer, isFinal) {
    const quadrature = computer.quadrature(image, mean, deviation);
    const { coarse, fine } = quadrature;
    self.postMessage({ id, isFinal, coarse: plain(coarse), fine: plain(fine), best: isFinal ? bestEllipse(quadrature) : null });
}

function plain({ left, bottom, width, height, columns, rows, values }) {
    return { left, bottom, width, height, columns, rows, values };
}
