// Reads a safetensors file: eight bytes with the length of the header, the header as JSON, then the numbers (little endian).
//
//   parseSafetensors(bytes) -> { metadata: {..strings..}, tensors: Map name -> { type, shape, data } }
//
// data is a typed array over the bytes: U8, I8, I16, F16 (as the Uint16 of its bits, see halfToSingle), F32, I32.

const arrays = { U8: Uint8Array, I8: Int8Array, I16: Int16Array, I32: Int32Array, U16: Uint16Array, F16: Uint16Array, F32: Float32Array };

export function parseSafetensors(bytes) {
    const length = Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true));
    const header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length)));
    const tensors = new Map();
    for (const [name, entry] of Object.entries(header)) {
        if (name === '__metadata__')
            continue;
        const type = arrays[entry.dtype];
        if (!type)
            throw new Error(`${name} has the type ${entry.dtype}, which this page does not read.`);
        const [from, to] = entry.data_offsets;
        // A copy: the header's length need not leave the numbers aligned to their size.
        const data = new type(bytes.slice(8 + length + from, 8 + length + to).buffer);
        tensors.set(name, { type: entry.dtype, shape: entry.shape, data });
    }
    return { metadata: header.__metadata__ ?? {}, tensors };
}

/** The number that the 16 bits of a half-precision float stand for. */
export function halfToSingle(bits) {
    const sign = bits & 0x8000 ? -1 : 1;
    const exponent = (bits >> 10) & 31;
    const fraction = bits & 1023;
    if (exponent === 0)
        return sign * fraction * 2 ** -24;
    return exponent === 31 ? (fraction ? NaN : sign * Infinity) : sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}
