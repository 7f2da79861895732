// Checks of what scene 6 draws and counts, for node and for a browser (import and call).

import { createClassifier } from '../engine/classifier.js';
import { readCodes } from '../engine/codes.js';
import { createGreyDigits } from '../engine/digits.js';
import { drawSources } from '../engine/drawSources.js';
import { fitGaussian } from '../engine/fittedGaussian.js';
import { createModel } from '../engine/model.js';
import { createRandom } from '../engine/random.js';
import { createShare } from '../engine/share.js';

/** The shares that the scene shows after `count` draws of each source: { vae: { share, error }, ... }. packs: Map of name -> pack. */
export function shares(packs, count = 2000, seed = 1, threshold = 0.9) {
    const [vae, autoencoder, noise] = ['model-vae', 'model-ten-ae', 'model-ten-noise'].map(name => createModel(packs.get(name)));
    const classifier = createClassifier(packs.get('model-classifier'));
    const fitted = fitGaussian(readCodes(packs.get('codes-ten-ae'))), grey = createGreyDigits(packs.get('digits-grey'));
    const random = createRandom(seed);
    return Object.fromEntries(drawSources({ vae, autoencoder, fitted, noise, grey }, count, 1000).map(({ id, most, draw }) => {
        const share = createShare(), own = random.fork(id);
        for (let turn = 0; turn < most; turn++)
            share.add(classifier.read(draw(own, turn)).confidence >= threshold);
        return [id, { share: share.value, error: share.error }];
    }));
}

/**
 * Of the Gaussian fitted to codes: the largest difference between its covariance and factor * factor^T, and between its covariance and that
 * of draws from it, the latter in standard errors of such a covariance.
 */
export function fittedErrors(codes, seed = 1, samples = 20000) {
    const { latent } = codes, { mean, covariance, factor, draw } = fitGaussian(codes);
    const random = createRandom(seed), sums = new Float64Array(latent * latent);
    for (let n = 0; n < samples; n++) {
        const z = draw(random);
        for (let i = 0; i < latent; i++) {
            for (let j = 0; j < latent; j++)
                sums[i * latent + j] += (z[i] - mean[i]) * (z[j] - mean[j]) / samples;
        }
    }
    let [product, drawn] = [0, 0];
    for (let i = 0; i < latent; i++) {
        for (let j = 0; j < latent; j++) {
            let value = 0;
            for (let k = 0; k < latent; k++)
                value += factor[i * latent + k] * factor[j * latent + k];
            const at = i * latent + j;
            const error = Math.sqrt((covariance[i * latent + i] * covariance[j * latent + j] + covariance[at] ** 2) / samples);
            product = Math.max(product, Math.abs(value - covariance[at]));
            drawn = Math.max(drawn, Math.abs(sums[at] - covariance[at]) / error);
        }
    }
    return { product, drawn };
}
