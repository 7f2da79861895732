// A VAE or a conditional VAE of a model pack. Images are 784 numbers 0..1, labels 0..9.
//
//   const model = createModel(pack);
//   model.latent, model.isConditional (true where it takes a label)
//   model.decode(z, condition?)    -> Float32Array(784): the probability that each pixel is white; the same array at every call
//   model.logits(z, condition?)    -> the same before the sigmoid
//   model.prior(label)             -> { mean, deviation } of p(z given c); N(0, I) without a conditional prior
//
//
//   const encode = createEncoder(model, pack);     // a pack encoder-ID, of a model without a condition
//   encode(image)                  -> { mean, deviation }: two new Float32Arrays; deviations of 0 for a point posterior
//
// The encoder's second half is a raw log variance that the library bounds smoothly: bound * tanh(raw / bound).
//
// condition is a label, or an array of features (a mixture of labels, say, during a transition).

import { createNetwork, readLayers } from './network.js';
import { numbers } from './packs.js';

const classes = 10;

export function createModel(pack) {
    const { metadata } = pack;
    const latent = Number(metadata.latent);
    const isConditional = metadata.condition === 'label';
    const decoder = createNetwork(readLayers(pack, 'decoder'));
    const code = new Float32Array(decoder.inputs);
    const probabilities = new Float32Array(decoder.outputs);

    function fill(target, values, condition) {
        target.set(values);
        if (target.length === values.length)
            return;
        const features = target.subarray(values.length);
        features.fill(0);
        if (typeof condition === 'number')
            features[condition] = 1;
        else if (condition)
            features.set(condition);
    }

    function logits(z, condition) {
        fill(code, z, condition);
        return decoder.run(code);
    }

    function decode(z, condition) {
        const values = logits(z, condition);
        for (let index = 0; index < values.length; index++)
            probabilities[index] = 1 / (1 + Math.exp(-values[index]));
        return probabilities;
    }

    const priorMean = pack.tensors.has('prior.mean') ? numbers(pack, 'prior.mean') : null;
    const priorLogVariance = pack.tensors.has('prior.logVariance') ? numbers(pack, 'prior.logVariance') : null;

    function prior(label) {
        const rows = values => values.slice(label * latent, (label + 1) * latent);
        return {
            mean: priorMean ? rows(priorMean) : new Float32Array(latent),
            deviation: priorLogVariance ? rows(priorLogVariance).map(value => Math.exp(value / 2)) : new Float32Array(latent).fill(1),
        };
    }

    return { latent, isConditional, classes, metadata, decode, logits, prior };
}

export function createEncoder({ latent, metadata }, pack) {
    const encoder = createNetwork(readLayers(pack, 'encoder'));
    const bound = Number(metadata.logVarianceBound ?? 14);
    return image => {
        const output = encoder.run(image);
        const mean = output.slice(0, latent);
        const deviation = new Float32Array(latent);
        if (output.length === 2 * latent)
            deviation.forEach((_, index) => { deviation[index] = Math.exp(bound * Math.tanh(output[latent + index] / bound) / 2); });
        return { mean, deviation };
    };
}
