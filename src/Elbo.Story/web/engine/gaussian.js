// Gaussians with independent dimensions: mean and deviation (sigma, not its square) for each. All results are in nats.

const logTwoPi = Math.log(2 * Math.PI);

/** log N(z; mean, diag(deviation^2)). */
export function logDensity(z, mean, deviation) {
    let sum = 0;
    for (let i = 0; i < z.length; i++) {
        const u = (z[i] - mean[i]) / deviation[i];
        sum -= 0.5 * (u * u + logTwoPi) + Math.log(deviation[i]);
    }
    return sum;
}

/** log N(z; 0, I), the prior. */
export function logPrior(z) {
    let sum = 0;
    for (let i = 0; i < z.length; i++) sum -= 0.5 * (z[i] * z[i] + logTwoPi);
    return sum;
}

/** KL(N(mean, diag(deviation^2)) || N(0, I)) in closed form: half the sum of mean^2 + sigma^2 - 1 - log sigma^2. */
export function klToPrior(mean, deviation) {
    let sum = 0;
    for (let i = 0; i < mean.length; i++) {
        const s = deviation[i];
        sum += 0.5 * (mean[i] * mean[i] + s * s - 1) - Math.log(s);
    }
    return sum;
}

/** KL(N(mean, deviation) || N(otherMean, otherDeviation)), for a prior that a condition moves. */
export function klBetween(mean, deviation, otherMean, otherDeviation) {
    let sum = 0;
    for (let i = 0; i < mean.length; i++) {
        const distance = (mean[i] - otherMean[i]) / otherDeviation[i];
        const ratio = deviation[i] / otherDeviation[i];
        sum += 0.5 * (distance * distance + ratio * ratio - 1) - Math.log(ratio);
    }
    return sum;
}
