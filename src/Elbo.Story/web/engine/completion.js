// Pairs (x, y): x is the visible part of a digit, y the rest (Sohn, Lee and Yan 2015). A network reads x and gives the prior p(z given x);
// the decoder takes z and x.
//
//   const completion = createCompletion(pack);          // model-pairs: the upper half is visible
//   completion.latent, completion.rows                  // rows from the top that are visible
//   completion.covered(image) -> a new Float32Array(784) with the hidden pixels 0
//   completion.prior(seen)    -> { mean, deviation }    // two new arrays
//   completion.complete(seen, prior, epsilon) -> a new Float32Array(784): the visible pixels as they are, the others decoded from
//       z = mu + sigma * epsilon
//
// As in the encoder, the second half of the prior network's output is a raw log variance: bound * tanh(raw / bound).

import { createNetwork, readLayers } from './network.js';

const side = 28;

export function createCompletion(pack) {
    const prior = createNetwork(readLayers(pack, 'prior'));
    const decoder = createNetwork(readLayers(pack, 'decoder'));
    const latent = Number(pack.metadata.latent);
    const bound = Number(pack.metadata.logVarianceBound ?? 14);
    const rows = side / 2;
    const input = new Float32Array(decoder.inputs);

    function covered(image) {
        const seen = Float32Array.from(image);
        seen.fill(0, rows * side);
        return seen;
    }

    function priorOf(seen) {
        const output = prior.run(seen);
        return {
            mean: output.slice(0, latent),
            deviation: Float32Array.from(output.subarray(latent), raw => Math.exp(bound * Math.tanh(raw / bound) / 2)),
        };
    }

    function complete(seen, { mean, deviation }, epsilon) {
        for (let index = 0; index < latent; index++)
            input[index] = mean[index] + deviation[index] * epsilon[index];
        input.set(seen, latent);
        const picture = Float32Array.from(decoder.run(input), logit => 1 / (1 + Math.exp(-logit)));
        picture.set(seen.subarray(0, rows * side));
        return picture;
    }

    return { latent, rows, covered, prior: priorOf, complete };
}
