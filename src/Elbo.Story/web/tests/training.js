// Checks of the training in the page, for node and for a browser (import and call).

import { createRandom } from '../engine/random.js';
import { readRecording } from '../engine/recording.js';
import { SmallVae } from '../engine/training.js';
import { TrainingShow, seed as seedOfPage } from '../engine/trainingShow.js';

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

/**
 * What scene 5 says, in numbers: after so many steps on these images (Uint8Array [count * 784]), for each objective the spread of the
 * codes (root mean square distance from their mean), the mean sigma of the clouds, and both terms as a mean of the last twenty batches.
 */
export function pulls(images, steps = 400, seed = 5) {
    const show = new TrainingShow(images, seed), last = [];
    for (let n = 0; n < steps; n++) {
        const terms = show.step();
        if (n >= steps - 20)
            last.push(terms);
    }
    return show.snapshot().map(({ codes }, index) => {
        const column = at => Array.from({ length: codes.length / 4 }, (_, n) => codes[4 * n + at]);
        const mean = values => values.reduce((a, b) => a + b) / values.length;
        const variance = values => mean(values.map(value => (value - mean(values)) ** 2));
        return {
            spread: Math.sqrt(variance(column(0)) + variance(column(1))), sigma: mean([...column(2), ...column(3)]),
            reconstruction: mean(last.map(terms => terms[index].reconstruction)), kl: mean(last.map(terms => terms[index].kl)),
        };
    });
}

/**
 * How far the recording is from the same training done again, at its first frames: the means of the codes relative to the farthest one, the
 * logarithms of the deviations, the levels of grey, and both terms relative to their size. The largest of each, over all models and frames.
 */
export function recordingErrors(images, pack, frames = 8) {
    const recording = readRecording(pack);
    const show = new TrainingShow(images, seedOfPage, recording.frame(0).models[0].codes.length / 4);
    const worst = { means: 0, deviations: 0, levels: 0, terms: 0 };
    const note = (name, error) => { worst[name] = Math.max(worst[name], error); };
    for (let index = 0; index < frames; index++) {
        const { steps, terms, models } = recording.frame(index), since = [];
        while (show.steps < steps)
            since.push(show.step());
        show.snapshot().forEach(({ codes, pictures }, model) => {
            const farthest = Math.max(...codes.filter((_, at) => at % 4 < 2).map(Math.abs));
            codes.forEach((value, at) => {
                const recorded = models[model].codes[at];
                if (at % 4 < 2)
                    note('means', Math.abs(value - recorded) / farthest);
                else
                    note('deviations', Math.abs(Math.log(value / recorded)));
            });
            pictures.forEach((level, at) => note('levels', Math.abs(level - models[model].pictures[at])));
            ['reconstruction', 'kl'].forEach((term, at) => {
                const mean = since.reduce((sum, each) => sum + each[model][term], 0) / since.length;
                if (terms)
                    note('terms', Math.abs(mean / terms[model][at] - 1));
            });
        });
    }
    return { ...worst, steps: show.steps, last: recording.step(recording.count - 1) };
}
