// The two grids of an image: where the fine one goes, and how it is known that it sits right.

import { Grid } from './grid.js';
import { Quadrature } from './quadrature.js';

/** The coarse grid reaches beyond the plane that is shown, so that wide ellipses are answered as well. */
export const planeReach = 6;
const fineCount = 48;
const windowDeviations = 6;
const smallestDeviation = 0.004;

export class EvidenceComputer {
    /** coarseCount: nodes of the coarse grid in each dimension. */
    constructor(field, coarseCount = 96) {
        this.field = field;
        this.coarseCount = coarseCount;
        this.coarseNodes = null;
    }

    /** Decodes the coarse grid, once for all images. */
    prepare() {
        const pieces = this.preparing();
        while (!this.isPrepared)
            pieces.next();
    }

    /** The same row by row: between two of them there is time for other work. */
    * preparing() {
        if (this.isPrepared)
            return;
        const points = this.newCoarse().points(), count = points.length / 2, { width } = this.field, size = this.coarseCount;
        const features = new Float32Array(count * width), normalizers = new Float64Array(count);
        for (let start = 0; start < count; start += size) {
            const row = this.field.decode(points.subarray(2 * start, 2 * (start + size)));
            features.set(row.features, start * width);
            normalizers.set(row.normalizers, start);
            yield;
        }
        this.coarseNodes = { features, normalizers };
    }

    get isPrepared() {
        return this.coarseNodes !== null;
    }

    newCoarse() {
        return Grid.around([0, 0], [planeReach, planeReach], this.coarseCount);
    }

    /**
     * The quadrature of an image with pixels 0 or 1, from the encoder's mean and deviations. The fine window is centred there. Where the
     * posterior found with it lies elsewhere, is cut, or is much larger or smaller (a drawing that the encoder misjudges),
     * the window moves to the posterior's own mean and deviations.
     */
    quadrature(image, mean, deviation) {
        this.prepare();
        const coarse = this.newCoarse();
        coarse.values = this.field.logLikelihoods(this.coarseNodes, image);
        let best = this.attempt(coarse, image, mean, deviation);
        for (let tries = 0; tries < 4 && !sits(best); tries++) {
            best = this.attempt(coarse, image, best.posterior.mean, best.posterior.deviation);
        }
        return best;
    }

    attempt(coarse, image, mean, deviation) {
        const reach = deviation.map(sigma => windowDeviations * Math.max(sigma, smallestDeviation));
        const fine = Grid.around(mean, reach, fineCount);
        fine.values = this.field.logLikelihoods(this.field.decode(fine.points()), image);
        return new Quadrature(coarse, fine);
    }
}

/** Whether the window holds the posterior and its cells are small beside it. */
function sits({ fine, insideShare, posterior }) {
    return insideShare > 0.999 && posterior.deviation[0] > 0.8 * fine.dx && posterior.deviation[1] > 0.8 * fine.dy;
}
