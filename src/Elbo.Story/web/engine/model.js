// A VAE or a conditional VAE of a model pack. Images are 784 numbers 0..1, labels 0..9.
//
//   const model = createModel(pack);
//   model.latent, model.isConditional (true where it takes a label)
//   model.decode(z, condition?)    -> Float32Array(784): the probability that each pixel is white; the same array at every call
//   model.logits(z, condition?)    -> the same before the sigmoid
//   model.encode(image, condition?) -> { mean, deviation }: two new Float32Arrays; deviations of 0 for a point posterior
//   model.prior(label)             -> { mean, deviation } of p(z given c); N(0, I) without a conditional prior
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
    const encoder = pack.tensors.has('encoder.0.weight') ? createNetwork(readLayers(pack, 'encoder')) : null;
    const code = new Float32Array(decoder.inputs);
    const seen = encoder && new Float32Array(encoder.inputs);
    const bound = Number(metadata.logVarianceBound ?? 14);
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

    function encode(image, condition) {
        fill(seen, image, condition);
        const output = encoder.run(seen);
        const mean = output.slice(0, latent);
        const deviation = new Float32Array(latent);
        if (output.length === 2 * latent)
            deviation.forEach((_, index) => { deviation[index] = Math.exp(bound * Math.tanh(output[latent + index] / bound) / 2); });
        return { mean, deviation };
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

    return { latent, isConditional, classes, metadata, decode, logits, encode, prior };
}
