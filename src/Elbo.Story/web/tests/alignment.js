// Checks of the alignment of scene 8's planes, for node and for a browser (import and call).

import { alignedChain, alignment, turned, turnedBack } from '../engine/alignment.js';
import { createRandom } from '../engine/random.js';

/**
 * The largest error of a place where four planes are one, each turned further than the last, and their chain begins at the second.
 */
export function chainError(seed = 2, count = 200) {
    const random = createRandom(seed);
    const plane = Float32Array.from(random.normals(2 * count), (value, at) => value * (at % 2 ? 2 : 0.7));
    const planes = [0.4, 0, 1.9, -2.8].map((angle, index) => Float32Array.from(apply(orthogonal(angle, index === 2), plane)));
    return Math.max(...alignedChain(planes, 1).flatMap(({ turn, positions }, index) => [
        ...positions.map((value, at) => Math.abs(value - planes[1][at])),
        ...apply(turn, planes[index]).map((value, at) => Math.abs(value - positions[at])),
    ]));
}

/**
 * recovered    the largest error of an entry where the codes are an exact rotation or reflection of the others
 * better       by how much the best of many other orthogonal matrices is closer, where the codes are also noisy: never above 0
 * orthogonal   the largest distance between a place and the same place turned and turned back
 */
export function alignmentErrors(seed = 1, tries = 20, count = 200) {
    const random = createRandom(seed);
    const errors = { recovered: 0, better: -Infinity, orthogonal: 0 };
    for (let n = 0; n < tries; n++) {
        const truth = orthogonal(random.uniform() * 2 * Math.PI, n % 2 === 1);
        const codes = Float32Array.from(random.normals(2 * count), (value, at) => value * (at % 2 ? 2 : 0.7));
        const exact = apply(truth, codes), noisy = exact.map(value => value + random.normal());
        alignment(codes, exact).forEach((value, at) => { errors.recovered = Math.max(errors.recovered, Math.abs(value - truth[at])); });
        const found = alignment(codes, noisy), least = distance(apply(found, codes), noisy);
        for (let k = 0; k < 720; k++) {
            const other = distance(apply(orthogonal(k * Math.PI / 180, k >= 360), codes), noisy);
            errors.better = Math.max(errors.better, least - other);
        }
        const place = [random.normal(), random.normal()], back = turnedBack(found, turned(found, place));
        errors.orthogonal = Math.max(errors.orthogonal, Math.hypot(place[0] - back[0], place[1] - back[1]));
    }
    return errors;
}

function orthogonal(angle, isReflected) {
    const [cosine, sine] = [Math.cos(angle), Math.sin(angle)];
    return isReflected ? [cosine, sine, sine, -cosine] : [cosine, -sine, sine, cosine];
}

function apply(matrix, codes) {
    const out = new Float64Array(codes.length);
    for (let at = 0; at < codes.length; at += 2)
        out.set(turned(matrix, [codes[at], codes[at + 1]]), at);
    return out;
}

const distance = (first, second) => first.reduce((sum, value, at) => sum + (value - second[at]) ** 2, 0);
