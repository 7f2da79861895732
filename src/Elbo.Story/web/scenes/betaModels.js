// Scene 8: one model for each beta of a family, which the pack "betas" lists, its codes turned to its neighbour's.
//
//   const family = readFamily(pack);       // [{ beta, model, regime, values }, ...] from the lowest beta
//   nearest(family, 1)                     // the index of the beta that is nearest by its ratio
//   packsOf(family, beta)                  // the packs that the scene needs at once
//   const models = createBetaModels(host, family);
//   models[n] -> { beta, name, regime, values, isPoint, figures, codes, positions (aligned means), angle (of the clouds' first axis),
//                  range, decode(z) }
//   await models[n].load()                 // before its first decode(z), unless it isLoaded

import { alignedChain, turnedBack } from '../engine/alignment.js';
import { readCodes } from '../engine/codes.js';
import { createModel } from '../engine/model.js';

const smallest = 3.6;
const codesOf = ({ model }) => `codes-${model}`, weightsOf = ({ model }) => `model-${model}`;

export const readFamily = pack => JSON.parse(pack.metadata.members);

export function nearest(family, beta) {
    const distance = one => (beta > 0 && one.beta > 0 ? Math.abs(Math.log(one.beta / beta)) : one.beta === beta ? 0 : Infinity);
    const least = Math.min(...family.map(distance));
    // Where nothing compares, as 0 with a family that begins above it, the lowest.
    return least < Infinity ? family.findIndex(one => distance(one) === least) : 0;
}

export const packsOf = (family, beta) => [...family.map(codesOf), weightsOf(family[nearest(family, beta)])];

export function createBetaModels(host, family) {
    const codes = family.map(one => readCodes(host.packs.get(codesOf(one))));
    const chain = alignedChain(codes.map(({ means }) => means), nearest(family, 1));
    return family.map((one, index) => {
        let model = null;
        const use = pack => { model ??= createModel(pack); };
        const weights = weightsOf(one);
        const { turn, positions } = chain[index];
        const { count } = codes[index];
        const far = Array.from({ length: count }, (_, n) => Math.max(Math.abs(positions[2 * n]), Math.abs(positions[2 * n + 1])));
        far.sort((a, b) => a - b);
        if (host.packs.has(weights))
            use(host.packs.get(weights));
        const figures = JSON.parse(host.packs.get('terms').metadata[weights]);
        return {
            ...one, positions, figures,
            name: String(one.beta),
            codes: codes[index],
            isPoint: figures.kl === null,
            angle: Math.atan2(turn[2], turn[0]),
            range: Math.max(smallest, 1.08 * far[Math.floor(0.98 * far.length)]),
            get isLoaded() { return model !== null; },
            load: async () => use(await host.load(weights)),
            decode: z => model.decode(turnedBack(turn, z)),
        };
    });
}
