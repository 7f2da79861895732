// A recorded training (eng/record-training.mjs): what a snapshot of the training shows at some of its steps, in a few bytes a number.
//
//   const recording = readRecording(pack)
//   recording.count; recording.step(index)     // how many frames there are, and the step of each
//   recording.frame(index)                     // { steps, terms, models: [{ codes, pictures }] } as the training's worker reports it;
//                                              // terms: the mean over the steps since the last frame, null at the first

import { numbers } from './packs.js';

const models = 3;

/** Pictures have so many levels of grey: they are shown small, and weigh a third. */
export const pictureLevels = 16;

// Deviations are kept by their logarithms, in steps of 3 percent from e^-7 to e.
export const levelOfLog = log => Math.min(255, Math.max(0, Math.round(32 * log + 224)));
export const logOfLevel = level => (level - 224) / 32;

export function readRecording(pack) {
    const [steps, terms, means, deviations] = ['steps', 'terms', 'means', 'deviations'].map(name => numbers(pack, name));
    const { shape: [, codeWidth] } = pack.tensors.get('means');
    const { data: pictures, shape: [, pictureWidth] } = pack.tensors.get('pictures');

    function modelAt(row) {
        const codes = new Float32Array(2 * codeWidth);
        for (let n = 0; n < codeWidth / 2; n++) {
            const from = row * codeWidth + 2 * n;
            codes.set([means[from], means[from + 1], ...[0, 1].map(axis => Math.exp(logOfLevel(deviations[from + axis])))], 4 * n);
        }
        const levels = pictures.subarray(row * pictureWidth, (row + 1) * pictureWidth);
        return { codes, pictures: Uint8ClampedArray.from(levels, level => level * 255 / (pictureLevels - 1)) };
    }

    return {
        count: steps.length,
        step: index => steps[index],
        frame(index) {
            const rows = Array.from({ length: models }, (_, model) => models * index + model);
            return {
                steps: steps[index],
                terms: index ? rows.map(row => [terms[2 * row], terms[2 * row + 1]]) : null,
                models: rows.map(modelAt),
            };
        },
    };
}
