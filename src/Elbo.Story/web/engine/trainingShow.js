// Three small VAEs side by side: the same network from the same start, the same batches and the same epsilon. Only the objective differs.

import { Adam } from './adam.js';
import { greyLevels } from './bernoulli.js';
import { createRandom } from './random.js';
import { SmallVae, whitePixels } from './training.js';

export const objectives = [
    { id: 'reconstruction', reconstruction: 1, kl: 0 },
    { id: 'kl', reconstruction: 0, kl: 1 },
    { id: 'both', reconstruction: 1, kl: 1 },
];

/** The seed of the page's training, and of its recording. */
export const seed = 5;

const batch = 32, learningRate = 0.002, sampleCount = 12;

export class TrainingShow {
    /** images: Uint8Array [count * 784], not 0 where a pixel is white; shown: how many of them appear as codes. */
    constructor(images, seed, shown = 250) {
        this.digits = Array.from({ length: images.length / 784 }, (_, n) => whitePixels(images.subarray(784 * n, 784 * (n + 1))));
        this.shown = Math.min(shown, this.digits.length);
        this.restart(seed);
    }

    restart(seed) {
        const random = createRandom(seed);
        this.order = random.fork('order');
        this.noise = random.fork('noise');
        this.samples = random.fork('samples').normals(2 * sampleCount);
        this.models = objectives.map(objective => new SmallVae(random.fork('start'), objective));
        this.optimizers = this.models.map(model => new Adam(model.parameters.length, learningRate));
        this.steps = 0;
        this.queue = [];
        this.terms = [];
    }

    /** One step of all three; returns both terms of each, as measured on the batch before the step. */
    step() {
        const images = Array.from({ length: batch }, () => this.next()), noise = this.noise.normals(2 * batch);
        this.terms = this.models.map((model, index) => {
            const terms = model.differentiate(images, noise);
            this.optimizers[index].step(model.parameters, model.gradient);
            return terms;
        });
        this.steps++;
        return this.terms;
    }

    /** The digits in a new random order each time that all have been used. */
    next() {
        if (this.queue.length === 0) {
            this.queue = this.digits.slice();
            for (let i = this.queue.length - 1; i > 0; i--) {
                const j = this.order.below(i + 1);
                [this.queue[i], this.queue[j]] = [this.queue[j], this.queue[i]];
            }
        }
        return this.queue.pop();
    }

    /** What the page draws of each model: codes [mean 1, mean 2, sigma 1, sigma 2] of the first digits, and the same places z decoded. */
    snapshot() {
        return this.models.map(model => {
            const codes = new Float32Array(4 * this.shown), pictures = new Uint8ClampedArray(784 * sampleCount);
            for (let n = 0; n < this.shown; n++) {
                const [m1, m2, v1, v2] = model.encode(this.digits[n]);
                codes.set([m1, m2, Math.exp(v1 / 2), Math.exp(v2 / 2)], 4 * n);
            }
            for (let n = 0; n < sampleCount; n++)
                greyLevels(model.decode(this.samples[2 * n], this.samples[2 * n + 1]), pictures.subarray(784 * n, 784 * (n + 1)));
            return { codes, pictures };
        });
    }
}
