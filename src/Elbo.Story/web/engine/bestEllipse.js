// The axis-aligned Gaussian with the highest ELBO: what is left of the gap there is the price of the family, not of the encoder.

/** A pattern search from the posterior's own moments: each of the four numbers up and down, smaller steps where none helps. */
export function bestEllipse(quadrature) {
    const { mean, deviation } = quadrature.posterior;
    let place = [mean[0], mean[1], Math.log(deviation[0]), Math.log(deviation[1])];
    const sizes = [deviation[0], deviation[1], 1, 1];
    const elbo = p => quadrature.score([p[0], p[1]], [Math.exp(p[2]), Math.exp(p[3])]).elbo;
    let best = elbo(place);
    for (let step = 0.4; step > 0.004; ) {
        let moved = false;
        for (let i = 0; i < 4; i++) {
            for (const sign of [1, -1]) {
                const next = place.slice();
                next[i] += sign * step * sizes[i];
                const value = elbo(next);
                if (value > best) {
                    [best, place, moved] = [value, next, true];
                    break;
                }
            }
        }
        if (!moved)
            step /= 2;
    }
    return { mean: [place[0], place[1]], deviation: [Math.exp(place[2]), Math.exp(place[3])] };
}
