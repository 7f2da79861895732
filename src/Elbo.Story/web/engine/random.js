// Seeded random numbers (xoshiro128**, Blackman and Vigna 2018): the same seed gives the same sequence on every device.
//
//   const random = createRandom(7);        // any integer or string
//   random.uniform()                       // [0, 1), 32 bits
//   random.normal()                        // N(0, 1), by the polar method of Marsaglia
//   random.normals(10)                     // Float32Array of 10
//   random.below(10)                       // an integer 0..9
//   random.fork('label')                   // an independent sequence that depends on the seed and on the name only

const golden = 0x9e3779b9;

// splitmix32 spreads a small seed over the state, so that neighbouring seeds are unrelated.
function* spread(seed) {
    let state = seed >>> 0;
    for (;;) {
        state = (state + golden) >>> 0;
        let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
        mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
        yield (mixed ^ (mixed >>> 15)) >>> 0;
    }
}

// FNV-1a of the seed's text.
function hash(text) {
    let value = 0x811c9dc5;
    for (let index = 0; index < text.length; index++)
        value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
    return value >>> 0;
}

const rotate = (value, by) => (value << by) | (value >>> (32 - by));

export function createRandom(seed) {
    const start = typeof seed === 'number' && Number.isInteger(seed) ? seed >>> 0 : hash(String(seed));
    const source = spread(start);
    let [a, b, c, d] = [source.next().value, source.next().value, source.next().value, source.next().value];
    let spare = null;

    function bits() {
        const result = Math.imul(rotate(Math.imul(b, 5), 7), 9) >>> 0;
        const shifted = b << 9;
        c ^= a;
        d ^= b;
        b ^= c;
        a ^= d;
        c ^= shifted;
        d = rotate(d, 11);
        return result;
    }

    const uniform = () => bits() / 4294967296;

    function normal() {
        if (spare !== null) {
            const kept = spare;
            spare = null;
            return kept;
        }
        for (;;) {
            const [x, y] = [2 * uniform() - 1, 2 * uniform() - 1];
            const square = x * x + y * y;
            if (square > 0 && square < 1) {
                const factor = Math.sqrt(-2 * Math.log(square) / square);
                spare = y * factor;
                return x * factor;
            }
        }
    }

    return {
        uniform,
        normal,
        normals: count => Float32Array.from({ length: count }, normal),
        below: count => Math.floor(uniform() * count),
        fork: name => createRandom(`${start}/${name}`),
    };
}
