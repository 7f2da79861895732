// Checks of the training in the page, for node (node run.js) and for a browser (import and call). Each returns the largest error that it found.

import { createRandom } from '../engine/random.js';
import { SmallVae } from '../engine/training.js';

/**
 * The largest relative difference between the gradient written by hand and central differences of the loss, in double precision, over
 * parameters of each layer. Images and epsilon are made up: the gradient has to be right for any.
 */
export function gradientError(seed = 1, objective = { reconstruction: 1, kl: 0.7 }) {
    const random = createRandom(seed);
    const model = new SmallVae(random, objective, Float64Array);
    // Spread the biases and the output layer, so that no unit sits at the corner of its ReLU and no slope is zero by symmetry.
    for (const name of ['b1', 'b2', 'b3', 'b4'])
        model.weights[name].forEach((_, i, all) => { all[i] = 0.2 * random.normal(); });
    const images = Array.from({ length: 8 }, () => Uint16Array.from({ length: 784 }, (_, i) => i).filter(() => random.uniform() < 0.15));
    const noise = random.normals(16);
    const loss = () => {
        const { reconstruction, kl } = model.differentiate(images, noise);
        return objective.reconstruction * reconstruction + objective.kl * kl;
    };
    loss();
    const byHand = model.gradient.slice();
    let worst = 0;
    for (const view of Object.values(model.weights)) {
        const start = (view.byteOffset - model.parameters.byteOffset) / view.BYTES_PER_ELEMENT;
        for (let n = 0; n < 40; n++) {
            const at = start + random.below(view.length);
            worst = Math.max(worst, differenceAt(model, at, loss, byHand[at]));
        }
    }
    return worst;
}

function differenceAt(model, at, loss, slope) {
    const kept = model.parameters[at], distance = 1e-5;
    model.parameters[at] = kept + distance;
    const above = loss();
    model.parameters[at] = kept - distance;
    const below = loss();
    model.parameters[at] = kept;
    return Math.abs((above - below) / (2 * distance) - slope) / Math.max(1, Math.abs(slope));
}
