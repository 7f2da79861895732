// The aggregate posterior q(z) = 1/n sum_i q(z given x_i) of two latent dimensions, cloud by cloud, on a grid of cells.
//
//   const aggregate = createAggregate(codes, { range: 4, cells: 400 });   // codes of engine/codes.js; the plane of +-range on both axes
//   aggregate.add(index); aggregate.remove(index);       // one more cloud, one less
//   aggregate.count; aggregate.masses                    // the clouds' summed probability in each cell, row by row from the bottom
//   aggregate.marginals                                  // two arrays: the same for each axis
//   aggregate.footprint(index) -> [{ first, values }, ...] for each axis: the cells that a cloud touches, and its probability in each
//   aggregate.kl()                                       // KL(q(z) || N(0, I)) in nats
//
// A cell holds the exact integral of a cloud over it. E[log q] comes from the cells (a cell's density is its mean), E[log p] is in
// closed form.

const reach = 5;    // deviations on each side that count

/** The distribution function of N(0, 1), to 1e-7 (Abramowitz and Stegun 26.2.17). */
export function cumulative(value) {
    const t = 1 / (1 + 0.2316419 * Math.abs(value));
    const tail = Math.exp(-value * value / 2) / Math.sqrt(2 * Math.PI)
        * t * (0.319381530 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
    return value > 0 ? 1 - tail : tail;
}

export function createAggregate(codes, { range, cells }) {
    const width = 2 * range / cells;
    const masses = new Float64Array(cells * cells);
    const terms = new Float64Array(cells * cells);    // mass * log(mass) of each cell
    const marginals = [new Float64Array(cells), new Float64Array(cells)];
    const kept = new Map();
    let [count, total, entropySum, crossSum] = [0, 0, 0, 0];

    function axis(mean, deviation) {
        const first = Math.max(0, Math.floor((mean - reach * deviation + range) / width));
        const last = Math.min(cells - 1, Math.floor((mean + reach * deviation + range) / width));
        const values = new Float64Array(Math.max(0, last - first + 1));
        let below = cumulative((first * width - range - mean) / deviation);
        for (let n = 0; n < values.length; n++) {
            const above = cumulative(((first + n + 1) * width - range - mean) / deviation);
            values[n] = above - below;
            below = above;
        }
        return { first, values };
    }

    function footprint(index) {
        if (!kept.has(index))
            kept.set(index, [0, 1].map(i => axis(codes.means[2 * index + i], codes.deviations[2 * index + i])));
        return kept.get(index);
    }

    function change(index, sign) {
        const [x, y] = footprint(index);
        for (let row = 0; row < y.values.length; row++) {
            const start = (y.first + row) * cells + x.first;
            for (let column = 0; column < x.values.length; column++) {
                const before = masses[start + column];
                const after = Math.max(0, before + sign * y.values[row] * x.values[column]);
                masses[start + column] = after;
                total += after - before;
                entropySum -= terms[start + column];
                terms[start + column] = logged(after);
                entropySum += terms[start + column];
            }
        }
        [x, y].forEach(({ first, values }, i) => values.forEach((value, n) => {
            marginals[i][first + n] = Math.max(0, marginals[i][first + n] + sign * value);
        }));
        for (const i of [0, 1])
            crossSum -= sign * 0.5 * (codes.means[2 * index + i] ** 2 + codes.deviations[2 * index + i] ** 2 + Math.log(2 * Math.PI));
        count += sign;
    }

    const kl = () => (entropySum - total * Math.log(count * width * width) - crossSum) / count;

    return {
        masses, marginals, footprint, kl, cells, range, width,
        get count() { return count; },
        add: index => change(index, 1),
        remove: index => change(index, -1),
    };
}

const logged = value => (value > 1e-12 ? value * Math.log(value) : 0);
