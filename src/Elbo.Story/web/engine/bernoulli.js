// The likelihood of the story's decoders: one independent Bernoulli variable for each pixel, given by its logit.
// Pixels are 0 or 1, so that log p(x|z) is the logarithm of a probability and never above 0.

/** log(1 + e^v) without overflow; minus the log probability of a black pixel with logit v. */
export function softplus(v) {
    return v > 0 ? v + Math.log1p(Math.exp(-v)) : Math.log1p(Math.exp(v));
}

/** The probability of a white pixel. */
export function sigmoid(v) {
    return v >= 0 ? 1 / (1 + Math.exp(-v)) : 1 - 1 / (1 + Math.exp(v));
}

/** log p(x|z) in nats: the sum over pixels of x * logit - log(1 + e^logit). The logits of image n start at n * image.length. */
export function logLikelihood(image, logits, offset = 0) {
    let sum = 0;
    for (let i = 0; i < image.length; i++) {
        const logit = logits[offset + i];
        sum += image[i] * logit - softplus(logit);
    }
    return sum;
}

/** Grey levels 0..255 to pixels 0 or 1: white above one half. */
export function binarise(levels) {
    const image = new Float32Array(levels.length);
    for (let i = 0; i < levels.length; i++) image[i] = levels[i] > 127.5 ? 1 : 0;
    return image;
}

/** Logits to grey levels 0..255, for a picture of the pixels' probabilities. */
export function greyLevels(logits, levels = new Uint8ClampedArray(logits.length), offset = 0) {
    for (let i = 0; i < levels.length; i++) levels[i] = Math.round(255 * sigmoid(logits[offset + i]));
    return levels;
}
