// Codes of two models in one frame: the rotation or reflection of a plane that brings the first closest to the second (the orthogonal
// Procrustes problem, Schönemann 1966). About the origin, which leaves N(0, I) as it is.
//
//   const turn = alignment(means, others);   // Float32Array [count * 2] each; -> [a, b, c, d]: aligned = (a x + b y, c x + d y)
//   alignedChain([means, ...], start) -> [{ turn, positions }, ...]   // every plane turned to its neighbour's on the way from the start,
//                                                                      which stays as it is
//   turned(turn, [x, y]), turnedBack(turn, [x, y])   // the inverse of an orthogonal matrix is its transpose

export function alignment(means, others) {
    // The cross products; of all orthogonal matrices R the closest one has the greatest trace of R times their sum.
    let [xx, xy, yx, yy] = [0, 0, 0, 0];
    for (let at = 0; at < means.length; at += 2) {
        xx += means[at] * others[at];
        xy += means[at] * others[at + 1];
        yx += means[at + 1] * others[at];
        yy += means[at + 1] * others[at + 1];
    }
    const rotation = Math.hypot(xx + yy, xy - yx);
    const reflection = Math.hypot(xx - yy, xy + yx);
    if (rotation >= reflection) {
        const angle = Math.atan2(xy - yx, xx + yy);
        return [Math.cos(angle), -Math.sin(angle), Math.sin(angle), Math.cos(angle)];
    }
    const angle = Math.atan2(xy + yx, xx - yy);
    return [Math.cos(angle), Math.sin(angle), Math.sin(angle), -Math.cos(angle)];
}

export const turned = ([a, b, c, d], [x, y]) => [a * x + b * y, c * x + d * y];
export const turnedBack = ([a, b, c, d], [x, y]) => [a * x + c * y, b * x + d * y];

export function alignedChain(planes, start) {
    const chain = [];
    const add = (index, neighbour) => {
        const turn = neighbour === null ? [1, 0, 0, 1] : alignment(planes[index], chain[neighbour].positions);
        const positions = new Float32Array(planes[index].length);
        for (let at = 0; at < positions.length; at += 2)
            positions.set(turned(turn, [planes[index][at], planes[index][at + 1]]), at);
        chain[index] = { turn, positions };
    };
    add(start, null);
    for (let index = start + 1; index < planes.length; index++)
        add(index, index - 1);
    for (let index = start - 1; index >= 0; index--)
        add(index, index + 1);
    return chain;
}
