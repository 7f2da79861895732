// Where the pictures of scene 6 come from: models that decode a random z, and two measures to compare with.
//
//   drawSources(loaded, most, count) -> [{ id, most, draw(random, turn) -> 784 numbers 0..1 }, ...]
//
// loaded = { vae, autoencoder, noise (engine/model.js), fitted (the Gaussian of the autoencoder's codes), grey (engine/digits.js) } may be
// filled until the first draw; most is how many draws there are, count how many digits.

const pixels = 784;

export function drawSources(loaded, most, count) {
    const coins = new Float32Array(pixels);
    const standard = name => random => loaded[name].decode(random.normals(loaded[name].latent));
    return [
        { id: 'vae', most, draw: standard('vae') },
        { id: 'autoencoder', most, draw: standard('autoencoder') },
        { id: 'fitted', most, draw: random => loaded.autoencoder.decode(loaded.fitted.draw(random)) },
        { id: 'noise', most, draw: standard('noise') },
        { id: 'digits', most: Math.min(most, count), draw: (_, turn) => loaded.grey.image(turn) },
        { id: 'pixels', most, draw: random => {
            for (let index = 0; index < pixels; index++)
                coins[index] = random.uniform() < 0.5 ? 1 : 0;
            return coins;
        } },
    ];
}
