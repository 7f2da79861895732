// The codes of all test digits: what the encoder says about each.
//
//   readCodes(pack) -> { count, latent, means, deviations }: Float32Array [count * latent], from a pack codes-ID
//                      deviations are 0 for a point posterior
//   codeOf(codes, index) -> { mean, deviation } of one digit: two new Float32Arrays

import { numbers } from './packs.js';

export function readCodes(pack) {
    const [count, latent] = pack.tensors.get('codes.mean').shape;
    const means = numbers(pack, 'codes.mean');
    const deviations = pack.tensors.has('codes.logVariance')
        ? numbers(pack, 'codes.logVariance').map(value => Math.exp(value / 2))
        : new Float32Array(means.length);
    return { count, latent, means, deviations };
}

export function codeOf({ latent, means, deviations }, index) {
    const at = values => values.slice(index * latent, (index + 1) * latent);
    return { mean: at(means), deviation: at(deviations) };
}
