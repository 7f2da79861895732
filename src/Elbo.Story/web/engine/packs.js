// The data of the page. In the assembled page a pack is base64(gzip(safetensors)) in <script type="text/plain" data-pack="NAME">; where the
// page does not hold it (the studio, development) it is fetched from the folder that <html data-packs="..."> names ("packs/" without).
//
//   await loadPack('model-plane') -> { metadata, tensors: Map name -> { type, shape, data } }, parsed once and kept
//   holdsPacks()                  -> whether the page holds packs itself, and so does without a server
//   hasPack(name)                 -> whether the page holds this one
//   numbers(pack, 'codes.mean')   -> Float32Array; int8 and int16 with their NAME.scale (one per row, or one for all), float16 converted

import { parseSafetensors, halfToSingle } from './safetensors.js';

const kept = new Map();
const holder = name => document.querySelector(`script[data-pack="${CSS.escape(name)}"]`);

export const holdsPacks = () => document.querySelector('script[data-pack]') !== null;
export const hasPack = name => holder(name) !== null;

export function loadPack(name) {
    if (!kept.has(name)) {
        kept.set(name, read(name).catch(error => {
            // A server that does not answer may do so later.
            kept.delete(name);
            throw error;
        }));
    }
    return kept.get(name);
}

function addressOf(name) {
    const { packs } = document.documentElement.dataset;
    return packs ? `${packs}${name}` : `packs/${name}.safetensors`;
}

async function read(name) {
    const element = holder(name);
    if (element)
        return parseSafetensors(await unzipped(decoded(element.textContent.trim())));
    const response = await fetch(addressOf(name));
    if (!response.ok)
        throw new Error(`The pack ${name} is missing (${response.status}).`);
    return parseSafetensors(new Uint8Array(await response.arrayBuffer()));
}

function decoded(text) {
    const binary = atob(text);
    const bytes = new Uint8Array(binary.length);
    for (let index = 0; index < binary.length; index++)
        bytes[index] = binary.charCodeAt(index);
    return bytes;
}

async function unzipped(bytes) {
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
    return new Uint8Array(await new Response(stream).arrayBuffer());
}

export function numbers(pack, name) {
    const tensor = pack.tensors.get(name);
    if (!tensor)
        throw new Error(`The pack has no tensor ${name}.`);
    const { type, shape, data } = tensor;
    if (type === 'F32')
        return data;
    if (type === 'F16')
        return Float32Array.from(data, halfToSingle);
    const scale = pack.tensors.get(`${name}.scale`)?.data;
    if (!scale)
        return Float32Array.from(data);
    const width = data.length / (scale.length === 1 ? 1 : shape[0]);
    return Float32Array.from(data, (value, index) => value * scale[Math.floor(index / width)]);
}
