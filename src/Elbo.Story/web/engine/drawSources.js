// Where the pictures of scene 6 come from: models that decode a random z, and two measures to compare with.
//
//   drawSources({ vae, autoencoder, codes, noise, digits }) -> [{ id, most, draw(random, turn) -> 784 numbers 0..1 }, ...]
//
// vae, autoencoder and noise are models (engine/model.js), codes those of the autoencoder; most is how many draws there are.

import { fitGaussian } from './fittedGaussian.js';

const pixels = 784;

export function drawSources({ vae, autoencoder, codes, noise, digits }, most) {
    const fitted = fitGaussian(codes);
    const coins = new Float32Array(pixels);
    const standard = model => random => model.decode(random.normals(model.latent));
    return [
        { id: 'vae', most, draw: standard(vae) },
        { id: 'autoencoder', most, draw: standard(autoencoder) },
        { id: 'fitted', most, draw: random => autoencoder.decode(fitted.draw(random)) },
        { id: 'noise', most, draw: standard(noise) },
        { id: 'digits', most: Math.min(most, digits.count), draw: (_, turn) => digits.image(turn) },
        { id: 'pixels', most, draw: random => {
            for (let index = 0; index < pixels; index++)
                coins[index] = random.uniform() < 0.5 ? 1 : 0;
            return coins;
        } },
    ];
}
