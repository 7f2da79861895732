// Scene 8: one model for each weight of the KL, its codes turned into the frame of beta = 1, and what its figures say.
//
//   const models = createBetaModels(host);
//   models[n] -> { beta, figures, codes, positions (aligned means), angle (of the clouds' first axis), range, facts(), decode(z) }
//   await models[n].load()       before its first decode(z), unless it isLoaded; weightsOf(beta) is the pack that it loads

import { alignment, turned, turnedBack } from '../engine/alignment.js';
import { readCodes } from '../engine/codes.js';
import { createModel } from '../engine/model.js';

export const betas = [0, 0.1, 0.5, 1, 4, 16];

const smallest = 3.6, draws = 500;
// The circle that holds 99 of 100 draws of N(0, I) in a plane.
const edge = Math.sqrt(-2 * Math.log(0.01));

export const weightsOf = beta => `model-${nameOf(beta)}`;

const nameOf = beta => (beta === 0 ? 'plane-ae' : beta === 1 ? 'plane' : `plane-${beta}`);

export function createBetaModels(host) {
    const reference = readCodes(host.packs.get('codes-plane')).means;
    return betas.map(beta => {
        let model = null;
        const use = pack => { model ??= createModel(pack); };
        const codes = readCodes(host.packs.get(`codes-${nameOf(beta)}`));
        const turn = beta === 1 ? [1, 0, 0, 1] : alignment(codes.means, reference);
        const positions = new Float32Array(codes.means.length);
        for (let at = 0; at < positions.length; at += 2)
            positions.set(turned(turn, [codes.means[at], codes.means[at + 1]]), at);
        const far = Array.from({ length: codes.count }, (_, n) => Math.max(Math.abs(positions[2 * n]), Math.abs(positions[2 * n + 1])));
        far.sort((a, b) => a - b);
        const made = {
            beta, codes, positions,
            figures: JSON.parse(host.packs.get('terms').metadata[weightsOf(beta)]),
            angle: Math.atan2(turn[2], turn[0]),
            range: Math.max(smallest, 1.08 * far[Math.floor(0.98 * far.length)]),
            get isLoaded() { return model !== null; },
            load: async () => use(await host.load(weightsOf(beta))),
            decode: z => model.decode(turnedBack(turn, z)),
            facts: () => (made.known ??= factsOf(made, host.random('holes'))),
        };
        if (host.packs.has(weightsOf(beta)))
            use(host.packs.get(weightsOf(beta)));
        return made;
    });
}

/** Shares and values that the text of a regime names; those of the codes are of the 1,000 digits in the page. */
function factsOf({ codes, figures }, random) {
    const { count, means, deviations } = codes;
    const perDimension = figures.klPerDimension ?? [];
    let [outside, holes] = [0, 0];
    for (let n = 0; n < count; n++)
        outside += Math.hypot(means[2 * n], means[2 * n + 1]) > edge;
    for (let draw = 0; draw < draws && deviations[0] > 0; draw++) {
        const [x, y] = [random.normal(), random.normal()];
        let isInside = false;
        for (let n = 0; n < count && !isInside; n++)
            isInside = ((x - means[2 * n]) / deviations[2 * n]) ** 2 + ((y - means[2 * n + 1]) / deviations[2 * n + 1]) ** 2 <= 9;
        holes += !isInside;
    }
    return {
        outside: outside / count,
        holes: deviations[0] > 0 ? holes / draws : null,
        least: perDimension.length ? Math.min(...perDimension) : null,
        most: perDimension.length ? Math.max(...perDimension) : null,
    };
}
