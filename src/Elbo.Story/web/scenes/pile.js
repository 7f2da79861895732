// The pile of scene 7: the aggregate posterior of the first so many test digits with its picture, kept in step cloud by cloud.
//
//   const pile = createPile(codes, labels);
//   pile.towards(500, 60)              // at most 60 clouds nearer to 500; true when it is there
//   pile.count; pile.kl(); pile.meanKl(); pile.klOf(index); pile.layer(alpha); pile.marginal(axis, index or null) -> densities
//   pile.nearest(x, y, within) -> the cloud whose mean is nearest, or null

import { createAggregate } from '../engine/aggregate.js';
import { klToPrior } from '../engine/gaussian.js';
import { createHeap } from './heap.js';

export const range = 4;
const cells = 400;

export function createPile(codes, labels) {
    const aggregate = createAggregate(codes, { range, cells });
    const heap = createHeap(aggregate, labels);
    const of = (values, index) => values.subarray(2 * index, 2 * index + 2);
    const kls = Float64Array.from({ length: codes.count }, (_, index) => klToPrior(of(codes.means, index), of(codes.deviations, index)));
    const densities = [new Float64Array(cells), new Float64Array(cells)];
    let sum = 0;

    function towards(wanted, most) {
        for (let n = 0; n < most && aggregate.count !== wanted; n++) {
            const isMore = aggregate.count < wanted;
            const index = isMore ? aggregate.count : aggregate.count - 1;
            aggregate[isMore ? 'add' : 'remove'](index);
            heap[isMore ? 'add' : 'remove'](index);
            sum += isMore ? kls[index] : -kls[index];
        }
        return aggregate.count === wanted;
    }

    function marginal(axis, index) {
        const target = densities[axis].fill(0);
        if (index === null)
            return aggregate.marginals[axis].map(mass => mass / aggregate.count / aggregate.width);
        const { first, values } = aggregate.footprint(index)[axis];
        values.forEach((mass, n) => { target[first + n] = mass / aggregate.width; });
        return target;
    }

    function nearest(x, y, within = Infinity) {
        let [best, least] = [null, within * within];
        for (let index = 0; index < aggregate.count; index++) {
            const distance = (codes.means[2 * index] - x) ** 2 + (codes.means[2 * index + 1] - y) ** 2;
            if (distance < least)
                [best, least] = [index, distance];
        }
        return best;
    }

    const paint = heap.layer;

    return {
        towards, marginal, nearest,
        get count() { return aggregate.count; },
        kl: () => aggregate.kl(),
        meanKl: () => sum / aggregate.count,
        klOf: index => kls[index],
        layer: alpha => (context, view) => {
            if (heap.isStale)
                heap.recolour(Array.from({ length: aggregate.count }, (_, index) => index));
            paint(alpha)(context, view);
        },
    };
}
