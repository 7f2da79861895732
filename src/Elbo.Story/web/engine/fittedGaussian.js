// A Gaussian with mean and full covariance, fitted to points.
//
//   const fitted = fitGaussian({ count, latent, means, deviations? });   // codes of engine/codes.js
//   fitted.mean, fitted.covariance (row-major [latent * latent]), fitted.factor (lower triangular; times its transpose: the covariance)
//   fitted.draw(random)                              // mean + factor * epsilon, a new Float32Array
//
// The covariance is that of the mixture of the codes' own Gaussians: the covariance of the means (divided by the count) plus the mean
// variance around them. A point posterior has no variance of its own.

export function fitGaussian({ count, latent, means, deviations }) {
    const mean = new Float64Array(latent);
    const covariance = new Float64Array(latent * latent);
    for (let n = 0; n < count; n++) {
        for (let i = 0; i < latent; i++)
            mean[i] += means[n * latent + i] / count;
    }
    for (let n = 0; n < count; n++) {
        for (let i = 0; i < latent; i++) {
            for (let j = 0; j < latent; j++)
                covariance[i * latent + j] += (means[n * latent + i] - mean[i]) * (means[n * latent + j] - mean[j]) / count;
            covariance[i * latent + i] += (deviations?.[n * latent + i] ?? 0) ** 2 / count;
        }
    }
    const factor = cholesky(covariance, latent);

    function draw(random) {
        const epsilon = random.normals(latent);
        const z = new Float32Array(latent);
        for (let i = 0; i < latent; i++) {
            let value = mean[i];
            for (let j = 0; j <= i; j++)
                value += factor[i * latent + j] * epsilon[j];
            z[i] = value;
        }
        return z;
    }

    return { mean, covariance, factor, draw };
}

/** The lower triangular L with L * L^T = matrix (symmetric, positive semi-definite; a direction without variance gets none). */
export function cholesky(matrix, size) {
    const factor = new Float64Array(size * size);
    for (let i = 0; i < size; i++) {
        for (let j = 0; j <= i; j++) {
            let sum = matrix[i * size + j];
            for (let k = 0; k < j; k++)
                sum -= factor[i * size + k] * factor[j * size + k];
            if (i === j)
                factor[i * size + i] = Math.sqrt(Math.max(0, sum));
            else
                factor[i * size + j] = factor[j * size + j] > 0 ? sum / factor[j * size + j] : 0;
        }
    }
    return factor;
}
