// log p(x|z) of one image at many places z of a two-dimensional latent space.
// With h(z) the decoder's last hidden layer and logit = W h + b, the log likelihood of a Bernoulli decoder is
//     log p(x|z) = x . (W h + b) - sum softplus(W h + b) = (W' x) . h(z) + b . x - S(z),
// so that only h(z) and the number S(z) need a decoding. Both are the same for every image: a grid that is decoded once
// answers for a new image with as many multiplications a node as h has units.

import { createNetwork } from './network.js';

export class LikelihoodField {
    /** layers: those of network.js. */
    constructor(layers) {
        this.hidden = createNetwork(layers.slice(0, -1));
        this.last = layers.at(-1);
        this.width = this.last.inputs;
        this.output = createNetwork([this.last]);
    }

    /** Decodes the nodes z = (points[2n], points[2n + 1]): h(z) and S(z) for each. */
    decode(points) {
        const count = points.length / 2, { width } = this;
        const features = new Float32Array(count * width), normalizers = new Float64Array(count), z = new Float32Array(2);
        for (let n = 0; n < count; n++) {
            z[0] = points[2 * n];
            z[1] = points[2 * n + 1];
            const h = rectify(this.hidden.run(z));
            features.set(h, n * width);
            normalizers[n] = sumOfSoftplus(this.output.run(h));
        }
        return { features, normalizers };
    }

    /** log p(x|z) at nodes that decode() has seen. image: pixels 0 or 1. */
    logLikelihoods({ features, normalizers }, image) {
        const { weight, bias, inputs, outputs } = this.last;
        const direction = new Float64Array(inputs);
        let constant = 0;
        for (let j = 0; j < image.length; j++) {
            if (image[j] === 0)
                continue;
            constant += image[j] * bias[j];
            for (let k = 0; k < inputs; k++)
                direction[k] += image[j] * weight[k * outputs + j];
        }
        const result = new Float64Array(normalizers.length);
        for (let n = 0; n < result.length; n++) {
            let sum = constant - normalizers[n];
            for (let k = 0, f = n * inputs; k < inputs; k++)
                sum += direction[k] * features[f + k];
            result[n] = sum;
        }
        return result;
    }
}

/** In a network of its own the last hidden layer is an output, which has no ReLU. */
function rectify(values) {
    for (let i = 0; i < values.length; i++) {
        if (values[i] < 0)
            values[i] = 0;
    }
    return values;
}

function sumOfSoftplus(logits) {
    // log(1 + e^v) = max(v, 0) + log(1 + e^-|v|); a product of 16 of the last factors, each at most 2, needs one logarithm instead of 16.
    let sum = 0, factors = 1;
    for (let i = 0; i < logits.length; i++) {
        const v = logits[i];
        factors *= 1 + Math.exp(-Math.abs(v));
        if (v > 0)
            sum += v;
        if ((i & 15) === 15) {
            sum += Math.log(factors);
            factors = 1;
        }
    }
    return sum + Math.log(factors);
}
