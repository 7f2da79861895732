// Checks of the pile of scene 7, for node and for a browser (import and call).

import { createAggregate } from '../engine/aggregate.js';
import { klToPrior } from '../engine/gaussian.js';
import { createRandom } from '../engine/random.js';

/**
 * kl         KL(q(z) || N(0, I)) of all clouds from the grid, in nats
 * estimate   the same by Monte Carlo from the mixture's density itself, and its standard error
 * alone      the KL of single clouds: their mean and the smallest
 * first      |KL of the first cloud from the grid - closed form|
 * undone     |that KL - the same after all others were added and removed again|
 */
export function aggregateErrors(codes, seed = 1, samples = 2000) {
    const { count, means, deviations } = codes, random = createRandom(seed);
    const of = (values, index) => values.subarray(2 * index, 2 * index + 2);
    const closed = Array.from({ length: count }, (_, index) => klToPrior(of(means, index), of(deviations, index)));
    const aggregate = createAggregate(codes, { range: 4, cells: 400 });
    aggregate.add(0);
    const first = aggregate.kl();
    for (let index = 1; index < count; index++)
        aggregate.add(index);
    const kl = aggregate.kl();
    let [sum, squares] = [0, 0];
    for (let n = 0; n < samples; n++) {
        const from = random.below(count);
        const z = [0, 1].map(i => means[2 * from + i] + deviations[2 * from + i] * random.normal());
        let density = 0;
        for (let index = 0; index < count; index++) {
            const [u, v] = [0, 1].map(i => (z[i] - means[2 * index + i]) / deviations[2 * index + i]);
            density += Math.exp(-(u * u + v * v) / 2) / (deviations[2 * index] * deviations[2 * index + 1]) / count;
        }
        const ratio = Math.log(density) + (z[0] ** 2 + z[1] ** 2) / 2;
        sum += ratio;
        squares += ratio * ratio;
    }
    for (let index = count - 1; index > 0; index--)
        aggregate.remove(index);
    return {
        kl,
        estimate: { value: sum / samples, error: Math.sqrt((squares / samples - (sum / samples) ** 2) / samples) },
        alone: { mean: closed.reduce((total, value) => total + value, 0) / count, smallest: Math.min(...closed) },
        first: Math.abs(first - closed[0]),
        undone: Math.abs(aggregate.kl() - first),
    };
}
