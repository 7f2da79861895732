// A VAE that is small enough to be trained in the page: 784-64-(2 means, 2 log variances), 2-64-784, ReLU, Bernoulli pixels.
// The loss of a batch, in nats for each image, is
//     reconstructionWeight * E[-log p(x|z)] + klWeight * KL(q(z|x) || N(0, I)),   z = mean + sigma * epsilon,
// with one epsilon for each image. The gradient is written by hand; a test compares it with differences of the loss.

import { sigmoid, softplus } from './bernoulli.js';

const pixels = 784, hidden = 64, latent = 2, block = 4;

// Where each layer's numbers start. First and second layer: one row for each input; third and fourth: one row for each output.
const sizes = {
    w1: pixels * hidden, b1: hidden, w2: hidden * 2 * latent, b2: 2 * latent,
    w3: hidden * latent, b3: hidden, w4: pixels * hidden, b4: pixels,
};
const count = Object.values(sizes).reduce((sum, size) => sum + size, 0);
const inputsOf = { w1: pixels, w2: hidden, w3: latent, w4: hidden };

function views(array) {
    let start = 0;
    return Object.fromEntries(Object.entries(sizes).map(([name, size]) => [name, array.subarray(start, start += size)]));
}

export class SmallVae {
    /** objective: { reconstruction, kl }, the weights of both terms. The same random sequence gives the same start. */
    constructor(random, objective, Numbers = Float32Array) {
        this.objective = objective;
        this.parameters = new Numbers(count);
        this.gradient = new Numbers(count);
        this.weights = views(this.parameters);
        this.slopes = views(this.gradient);
        for (const [name, inputs] of Object.entries(inputsOf))
            this.weights[name].forEach((_, i, all) => { all[i] = (2 * random.uniform() - 1) / Math.sqrt(inputs); });
        const blockOf = units => new Numbers(units * block);
        this.one = { first: new Numbers(hidden), code: new Numbers(2 * latent), second: new Numbers(hidden), logits: new Numbers(pixels) };
        const [first, second, dSecond] = [blockOf(hidden), blockOf(hidden), blockOf(hidden)];
        this.work = { first, code: blockOf(2 * latent), z: blockOf(latent), second, dSecond };
        this.dFirst = new Numbers(hidden);
    }

    /** [mean 1, mean 2, log variance 1, log variance 2] of an image, given as the list of its white pixels. */
    encode(white, result = this.one.code) {
        const { first } = this.one, { w1, b1, w2, b2 } = this.weights;
        first.set(b1);
        // Four rows at once: each sum is then written a quarter as often.
        let at = 0;
        for (; at + 3 < white.length; at += 4) {
            const a = white[at] * hidden, b = white[at + 1] * hidden, c = white[at + 2] * hidden, d = white[at + 3] * hidden;
            for (let k = 0; k < hidden; k++)
                first[k] += w1[a + k] + w1[b + k] + w1[c + k] + w1[d + k];
        }
        for (; at < white.length; at++) {
            for (let k = 0, w = white[at] * hidden; k < hidden; k++, w++)
                first[k] += w1[w];
        }
        result.set(b2);
        for (let k = 0; k < hidden; k++) {
            if (first[k] <= 0) {
                first[k] = 0;
                continue;
            }
            for (let c = 0; c < 2 * latent; c++)
                result[c] += first[k] * w2[k * 2 * latent + c];
        }
        return result;
    }

    /** The logits of a place; the same array at every call. */
    decode(z1, z2) {
        const { second, logits } = this.one, { w3, b3, w4, b4 } = this.weights;
        for (let k = 0; k < hidden; k++)
            second[k] = Math.max(0, b3[k] + w3[2 * k] * z1 + w3[2 * k + 1] * z2);
        for (let j = 0, w = 0; j < pixels; j++) {
            // Four sums, because one would wait for each addition before it starts the next.
            let a = b4[j], b = 0, c = 0, d = 0;
            for (let k = 0; k < hidden; k += 4, w += 4) {
                a += w4[w] * second[k];
                b += w4[w + 1] * second[k + 1];
                c += w4[w + 2] * second[k + 2];
                d += w4[w + 3] * second[k + 3];
            }
            logits[j] = a + b + c + d;
        }
        return logits;
    }

    /**
     * Fills the gradient of the mean loss of a batch and returns both terms, unweighted. images: lists of white pixels, a multiple of four;
     * noise: epsilon, two numbers for each image.
     */
    differentiate(images, noise) {
        this.gradient.fill(0);
        let reconstruction = 0, kl = 0;
        for (let start = 0; start < images.length; start += block) {
            const four = images.slice(start, start + block);
            kl += this.forward(four, noise, 2 * start);
            reconstruction += this.decodeAndReturn(four, images.length);
            this.backward(four, noise, 2 * start, images.length);
        }
        return { reconstruction: reconstruction / images.length, kl: kl / images.length };
    }

    /** Codes and samples of four images, up to the decoder's hidden layer; returns the sum of their KL. */
    forward(four, noise, from) {
        const { first, code, z, second } = this.work, { w3, b3 } = this.weights;
        let kl = 0;
        four.forEach((white, n) => {
            const c = this.encode(white);
            first.set(this.one.first, n * hidden);
            code.set(c, n * 2 * latent);
            for (let d = 0; d < latent; d++) {
                z[d * block + n] = c[d] + Math.exp(c[latent + d] / 2) * noise[from + 2 * n + d];
                kl += 0.5 * (c[d] * c[d] + Math.exp(c[latent + d]) - 1 - c[latent + d]);
            }
        });
        for (let k = 0; k < hidden; k++) {
            for (let n = 0; n < block; n++)
                second[k * block + n] = Math.max(0, b3[k] + w3[2 * k] * z[n] + w3[2 * k + 1] * z[block + n]);
        }
        return kl;
    }

    /** The last layer, there and back for four images at once: returns the sum of -log p(x|z), leaves its slope in dSecond. */
    decodeAndReturn(four, batch) {
        const { second, dSecond } = this.work, { w4, b4 } = this.weights, { w4: g4, b4: gb4 } = this.slopes;
        const weight = this.objective.reconstruction / batch;
        const [x0, x1, x2, x3] = four.map(isWhite);
        let loss = 0;
        dSecond.fill(0);
        // Two pixels at once: with four images that is eight sums, as many as fit into a processor's registers.
        for (let j = 0; j < pixels; j += 2) {
            const row = j * hidden, next = row + hidden;
            let a0 = b4[j], a1 = a0, a2 = a0, a3 = a0, b0 = b4[j + 1], b1 = b0, b2 = b0, b3 = b0;
            for (let k = 0, p = 0; k < hidden; k++, p += block) {
                const v = w4[row + k], w = w4[next + k], s0 = second[p], s1 = second[p + 1], s2 = second[p + 2], s3 = second[p + 3];
                a0 += v * s0;
                a1 += v * s1;
                a2 += v * s2;
                a3 += v * s3;
                b0 += w * s0;
                b1 += w * s1;
                b2 += w * s2;
                b3 += w * s3;
            }
            loss += lost(a0, x0[j]) + lost(a1, x1[j]) + lost(a2, x2[j]) + lost(a3, x3[j]);
            loss += lost(b0, x0[j + 1]) + lost(b1, x1[j + 1]) + lost(b2, x2[j + 1]) + lost(b3, x3[j + 1]);
            if (weight === 0)
                continue;
            a0 = weight * (sigmoid(a0) - x0[j]);
            a1 = weight * (sigmoid(a1) - x1[j]);
            a2 = weight * (sigmoid(a2) - x2[j]);
            a3 = weight * (sigmoid(a3) - x3[j]);
            b0 = weight * (sigmoid(b0) - x0[j + 1]);
            b1 = weight * (sigmoid(b1) - x1[j + 1]);
            b2 = weight * (sigmoid(b2) - x2[j + 1]);
            b3 = weight * (sigmoid(b3) - x3[j + 1]);
            gb4[j] += a0 + a1 + a2 + a3;
            gb4[j + 1] += b0 + b1 + b2 + b3;
            for (let k = 0, p = 0; k < hidden; k++, p += block) {
                const v = w4[row + k], w = w4[next + k], s0 = second[p], s1 = second[p + 1], s2 = second[p + 2], s3 = second[p + 3];
                g4[row + k] += a0 * s0 + a1 * s1 + a2 * s2 + a3 * s3;
                g4[next + k] += b0 * s0 + b1 * s1 + b2 * s2 + b3 * s3;
                dSecond[p] += a0 * v + b0 * w;
                dSecond[p + 1] += a1 * v + b1 * w;
                dSecond[p + 2] += a2 * v + b2 * w;
                dSecond[p + 3] += a3 * v + b3 * w;
            }
        }
        return loss;
    }

    /** From the decoder's hidden layer back to the first weights, and the slope of KL. */
    backward(four, noise, from, batch) {
        const { first, code, z, second, dSecond } = this.work, { w3 } = this.weights, g = this.slopes;
        const klWeight = this.objective.kl / batch;
        four.forEach((white, n) => {
            let dz1 = 0, dz2 = 0;
            for (let k = 0; k < hidden; k++) {
                if (second[k * block + n] <= 0)
                    continue;
                const d = dSecond[k * block + n];
                g.b3[k] += d;
                g.w3[2 * k] += d * z[n];
                g.w3[2 * k + 1] += d * z[block + n];
                dz1 += d * w3[2 * k];
                dz2 += d * w3[2 * k + 1];
            }
            const c = code.subarray(n * 2 * latent, (n + 1) * 2 * latent);
            // z moves with the mean as it is, and with the log variance as half of sigma * epsilon.
            const slope = [dz1, dz2].map((d, i) => d + klWeight * c[i]);
            [dz1, dz2].forEach((d, i) => {
                const variance = Math.exp(c[latent + i]);
                slope.push(0.5 * (d * Math.sqrt(variance) * noise[from + 2 * n + i] + klWeight * (variance - 1)));
            });
            this.backwardEncoder(white, first.subarray(n * hidden, (n + 1) * hidden), slope);
        });
    }

    backwardEncoder(white, first, slope) {
        const { w2 } = this.weights, { w1: g1, b1: gb1, w2: g2, b2: gb2 } = this.slopes, { dFirst } = this;
        slope.forEach((d, c) => { gb2[c] += d; });
        for (let k = 0; k < hidden; k++) {
            let sum = 0;
            for (let c = 0; c < 2 * latent; c++) {
                g2[k * 2 * latent + c] += first[k] * slope[c];
                sum += w2[k * 2 * latent + c] * slope[c];
            }
            dFirst[k] = first[k] > 0 ? sum : 0;
            gb1[k] += dFirst[k];
        }
        for (const pixel of white) {
            for (let k = 0, w = pixel * hidden; k < hidden; k++, w++)
                g1[w] += dFirst[k];
        }
    }
}

/** -log p of one pixel. */
function lost(logit, white) {
    return softplus(logit) - white * logit;
}

const kept = new WeakMap();

/** The 784 pixels of a list of white ones, kept with the list: a training reads each image many times. */
function isWhite(white) {
    let image = kept.get(white);
    if (!image) {
        image = new Float32Array(pixels);
        for (const pixel of white)
            image[pixel] = 1;
        kept.set(white, image);
    }
    return image;
}

/** The white pixels of an image of 784 levels, 0..255. */
export function whitePixels(levels) {
    const white = [];
    for (let i = 0; i < levels.length; i++) {
        if (levels[i])
            white.push(i);
    }
    return Uint16Array.from(white);
}
