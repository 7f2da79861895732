// An axis-aligned ellipse that a hand may move and stretch: a mean and two deviations, kept within the plane that the grids answer for.

export const reach = 6;
const farthestMean = 3.5, smallest = 0.005, largest = 1.2;

const clamp = (value, low, high) => Math.min(high, Math.max(low, value));

/** The nearest ellipse whose mean lies in the plane and whose 3.5 deviations lie on the grid. */
export function limited({ mean, deviation }) {
    const within = mean.map(m => clamp(m, -farthestMean, farthestMean));
    return { mean: within, deviation: deviation.map((s, i) => clamp(s, smallest, Math.min(largest, (reach - Math.abs(within[i])) / 3.5))) };
}

/** A view of the latent plane: `half` is what the shorter side shows to each side of the centre. Both axes have one scale. */
export class View {
    constructor(centre, half) {
        Object.assign(this, { centre, half, width: 1, height: 1 });
    }

    get scale() {
        return Math.min(this.width, this.height) / (2 * this.half);
    }

    toScreen([z1, z2]) {
        return [this.width / 2 + (z1 - this.centre[0]) * this.scale, this.height / 2 - (z2 - this.centre[1]) * this.scale];
    }

    toPlane(x, y) {
        return [this.centre[0] + (x - this.width / 2) / this.scale, this.centre[1] - (y - this.height / 2) / this.scale];
    }
}

const gap = 22, edge = 16;

/**
 * Where the two handles are drawn: on the axes, beyond the ellipse of two deviations, so that a thumb reaches them however small it is,
 * and inside the view however large it is. `length` is what a handle's distance stands for, in pixels.
 */
export function handles(view, { mean, deviation }) {
    const [x, y] = view.toScreen(mean);
    const right = x <= view.width / 2 + 1 || x + gap + edge < view.width - edge ? 1 : -1, up = y - gap - edge > edge ? -1 : 1;
    const rightEnd = right > 0 ? view.width - edge : x - edge, upEnd = up < 0 ? y - edge : view.height - edge - y;
    const across = Math.min(2 * deviation[0] * view.scale + gap, Math.max(gap, right > 0 ? rightEnd - x : rightEnd));
    const along = Math.min(2 * deviation[1] * view.scale + gap, Math.max(gap, upEnd));
    return [
        { axis: 0, direction: [right, 0], x: x + right * across, y, length: Math.max(4, across - gap) },
        { axis: 1, direction: [0, up], x, y: y + up * along, length: Math.max(4, along - gap) },
    ];
}
