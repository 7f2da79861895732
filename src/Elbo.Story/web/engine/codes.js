// The codes of all test digits: what the encoder says about each.
//
//   readCodes(pack) -> { count, latent, means, deviations }: Float32Array [count * latent], from a pack codes-ID
//                      deviations are 0 for a point posterior

import { numbers } from './packs.js';

export function readCodes(pack) {
    const [count, latent] = pack.tensors.get('codes.mean').shape;
    const means = numbers(pack, 'codes.mean');
    const deviations = pack.tensors.has('codes.logVariance')
        ? numbers(pack, 'codes.logVariance').map(value => Math.exp(value / 2))
        : new Float32Array(means.length);
    return { count, latent, means, deviations };
}
