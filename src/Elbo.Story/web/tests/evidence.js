// Checks of the quadrature behind scene 4, for node and for a browser (import and call).

import { logLikelihood } from '../engine/bernoulli.js';
import { EvidenceComputer } from '../engine/evidence.js';
import { logDensity, logPrior } from '../engine/gaussian.js';
import { LikelihoodField } from '../engine/likelihoodField.js';
import { createNetwork } from '../engine/network.js';
import { createRandom } from '../engine/random.js';
import { limited } from '../parts/ellipse.js';

/**
 * layers: the decoder's, as readLayers gives them; images: [{ image, mean, deviation }] of pixels 0 or 1, and its code. For each:
 * identity      the largest |ELBO + gap - log p(x)| over ellipses that a reader can make, near and far, narrow and wide
 * importance    |log p(x) - its estimate by importance sampling| and the estimate's standard error
 * smallestGap   the smallest gap of these ellipses: a bound stays below log p(x)
 * reconstruction  the largest error of the reconstruction of ellipses in the fine window, against decoding every node
 */
export function evidenceErrors(layers, images, seed = 1, samples = 4000) {
    const computer = new EvidenceComputer(new LikelihoodField(layers)), decoder = createNetwork(layers), random = createRandom(seed);
    return images.map(({ image, mean, deviation }) => {
        const quadrature = computer.quadrature(image, mean, deviation), { posterior } = quadrature;
        let identity = 0, smallestGap = Infinity;
        for (let n = 0; n < 60; n++) {
            const near = n % 2 === 0;
            const q = limited({
                mean: [0, 1].map(i => (near ? posterior.mean[i] + 4 * posterior.deviation[i] * random.normal() : 2 * random.normal())),
                deviation: [0, 1].map(() => Math.exp(Math.log(0.005) + random.uniform() * Math.log(240))),
            });
            const { elbo, gap } = quadrature.score(q.mean, q.deviation);
            identity = Math.max(identity, Math.abs(elbo + gap - quadrature.logEvidence));
            smallestGap = Math.min(smallestGap, gap);
        }
        const { estimate, standardError } = importance(decoder, image, posterior, random, samples);
        return {
            identity, smallestGap, standardError, importance: Math.abs(estimate - quadrature.logEvidence),
            reconstruction: reconstructionError(computer.field, image, quadrature),
        };
    });
}

/** log p(x) from draws of a Gaussian half as wide again as the posterior. */
function importance(decoder, image, posterior, random, samples) {
    const deviation = posterior.deviation.map(sigma => 1.5 * sigma);
    const logs = Float64Array.from({ length: samples }, () => {
        const z = posterior.mean.map((m, i) => m + deviation[i] * random.normal());
        return logLikelihood(image, decoder.run(z)) + logPrior(z) - logDensity(z, posterior.mean, deviation);
    });
    const top = logs.reduce((a, b) => Math.max(a, b)), weights = logs.map(log => Math.exp(log - top));
    const mean = weights.reduce((a, b) => a + b) / samples, variance = weights.reduce((sum, w) => sum + (w - mean) ** 2, 0) / samples;
    return { estimate: top + Math.log(mean), standardError: Math.sqrt(variance / samples) / mean };
}

function reconstructionError(field, image, quadrature) {
    const { mean, deviation } = quadrature.posterior, half = 12;
    let worst = 0;
    for (const times of [0.3, 1]) {
        const sigma = deviation.map(s => s * times), points = [], weights = [];
        for (let j = -half; j <= half; j++) {
            for (let i = -half; i <= half; i++) {
                const [u, v] = [(4.5 * i) / half, (4.5 * j) / half];
                points.push(mean[0] + sigma[0] * u, mean[1] + sigma[1] * v);
                weights.push(Math.exp(-0.5 * (u * u + v * v)));
            }
        }
        const values = field.logLikelihoods(field.decode(Float64Array.from(points)), image), total = weights.reduce((a, b) => a + b);
        const exact = weights.reduce((sum, weight, n) => sum + weight * values[n], 0) / total;
        worst = Math.max(worst, Math.abs(exact - quadrature.score(mean, sigma).reconstruction));
    }
    return worst;
}
