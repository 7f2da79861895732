// A rectangle of the latent plane in equal cells with a value at each cell's centre, and a smooth function through the values.

export class Grid {
    constructor(left, bottom, width, height, columns, rows) {
        Object.assign(this, { left, bottom, width, height, columns, rows });
        this.dx = width / columns;
        this.dy = height / rows;
        this.values = null;
    }

    /** The grid with count x count cells that reaches `reach` from the centre in each dimension. */
    static around(centre, reach, count) {
        return new Grid(centre[0] - reach[0], centre[1] - reach[1], 2 * reach[0], 2 * reach[1], count, count);
    }

    /** A grid that has crossed from a worker. */
    static from({ left, bottom, width, height, columns, rows, values }) {
        const grid = new Grid(left, bottom, width, height, columns, rows);
        grid.values = values;
        return grid;
    }

    /** The centres of all cells, row by row from the bottom: [z1, z2, z1, z2, ...]. */
    points() {
        const points = new Float64Array(2 * this.columns * this.rows);
        let at = 0;
        for (let j = 0; j < this.rows; j++) {
            for (let i = 0; i < this.columns; i++) {
                points[at++] = this.left + (i + 0.5) * this.dx;
                points[at++] = this.bottom + (j + 0.5) * this.dy;
            }
        }
        return points;
    }

    /** Whether a place has nodes on all sides, so that value() interpolates there. */
    surrounds(z1, z2) {
        const x = (z1 - this.left) / this.dx, y = (z2 - this.bottom) / this.dy;
        return x >= 0.5 && y >= 0.5 && x <= this.columns - 0.5 && y <= this.rows - 0.5;
    }

    /** The cubic interpolation (Catmull and Rom 1974) of the values; beyond the outermost nodes the value of the nearest place there. */
    value(z1, z2) {
        const x = clamp((z1 - this.left) / this.dx - 0.5, 0, this.columns - 1);
        const y = clamp((z2 - this.bottom) / this.dy - 0.5, 0, this.rows - 1);
        const i = Math.min(Math.floor(x), this.columns - 2), j = Math.min(Math.floor(y), this.rows - 2);
        const t = x - i;
        return cubic(this.along(i, j - 1, t), this.along(i, j, t), this.along(i, j + 1, t), this.along(i, j + 2, t), y - j);
    }

    along(i, j, t) {
        const row = clamp(j, 0, this.rows - 1) * this.columns;
        const v = this.values, last = this.columns - 1;
        const b = v[row + i], c = v[row + i + 1];
        // At the border the missing neighbour continues the line through the two nodes beside it.
        const a = i > 0 ? v[row + i - 1] : 2 * b - c;
        const d = i + 2 <= last ? v[row + i + 2] : 2 * c - b;
        return cubic(a, b, c, d, t);
    }
}

function cubic(a, b, c, d, t) {
    return b + 0.5 * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)));
}

function clamp(value, low, high) {
    return value < low ? low : value > high ? high : value;
}
