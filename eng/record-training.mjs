// Records the training of scene 5 at some of its steps, for devices on which it is too slow to be watched: the page's own modules train,
// from the page's own seed, on the digits of the committed page.
//
//   node --experimental-default-type=module eng/record-training.mjs
//
// writes src/Elbo.Story/recordings/training.safetensors.gz, the page's pack "recording" (engine/recording.js reads it).

import { readFileSync, writeFileSync } from 'node:fs';
import { gunzipSync, gzipSync } from 'node:zlib';
import { levelOfLog, pictureLevels } from '../src/Elbo.Story/web/engine/recording.js';
import { parseSafetensors } from '../src/Elbo.Story/web/engine/safetensors.js';
import { TrainingShow, seed } from '../src/Elbo.Story/web/engine/trainingShow.js';

const frames = [0, 1, 2, 4, 6, 9, 13, 18, 25, 35, 50, 70, 100, 140, 190, 250, 330, 430, 560, 740, 970, 1280, 1700, 2200];
const count = 200;
const root = new URL('..', import.meta.url);

function digits() {
    const page = readFileSync(new URL('docs/story/index.html', root), 'latin1');
    const [, text] = /<script type="text\/plain" data-pack="digits">([^<]+)</.exec(page);
    return parseSafetensors(new Uint8Array(gunzipSync(Buffer.from(text.trim(), 'base64'))));
}

/** Both terms of each model, as a mean over the steps since the last frame; 0 before the first step, where they are not known. */
function meanOf(history) {
    return [0, 1, 2].flatMap(model => ['reconstruction', 'kl'].map(term =>
        history.length ? history.reduce((sum, terms) => sum + terms[model][term], 0) / history.length : 0));
}

const show = new TrainingShow(digits().tensors.get('white').data, seed, count);
const [means, scales, deviations, pictures, terms] = [[], [], [], [], []];
for (const frame of frames) {
    const history = [];
    while (show.steps < frame)
        history.push(show.step());
    terms.push(...meanOf(history));
    for (const { codes, pictures: samples } of show.snapshot()) {
        const places = Array.from({ length: count }, (_, n) => [codes[4 * n], codes[4 * n + 1]]).flat();
        const scale = Math.max(...places.map(Math.abs)) / 127;
        scales.push(scale);
        means.push(...places.map(value => Math.round(value / scale)));
        deviations.push(...Array.from({ length: count }, (_, n) => [codes[4 * n + 2], codes[4 * n + 3]]).flat()
            .map(value => levelOfLog(Math.log(value))));
        pictures.push(...Array.from(samples, level => Math.round(level / 255 * (pictureLevels - 1))));
    }
    console.log(`step ${frame}`);
}

const rows = 3 * frames.length;
const tensors = [
    ['means.scale', 'F32', [rows], Float32Array.from(scales)],
    ['terms', 'F32', [rows, 2], Float32Array.from(terms)],
    ['steps', 'I16', [frames.length], Int16Array.from(frames)],
    ['means', 'I8', [rows, 2 * count], Int8Array.from(means)],
    ['deviations', 'U8', [rows, 2 * count], Uint8Array.from(deviations)],
    ['pictures', 'U8', [rows, pictures.length / rows], Uint8Array.from(pictures)],
];
let end = 0;
const header = { __metadata__: { source: 'eng/record-training.mjs' } };
for (const [name, dtype, shape, { byteLength }] of tensors)
    header[name] = { dtype, shape, data_offsets: [end, end += byteLength] };
let text = JSON.stringify(header);
text += ' '.repeat((8 - text.length % 8) % 8);
const start = Buffer.alloc(8);
start.writeBigUInt64LE(BigInt(text.length));
const file = Buffer.concat([start, Buffer.from(text), ...tensors.map(([, , , { buffer }]) => Buffer.from(buffer))]);
writeFileSync(new URL('src/Elbo.Story/recordings/training.safetensors.gz', root), gzipSync(file, { level: 9 }));
