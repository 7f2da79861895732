// Dense layers with ReLU between them, and none after the last.
//
//   const layers = readLayers(pack, 'decoder');      // from the tensors decoder.0.weight, decoder.0.bias, ...
//   const network = createNetwork(layers);
//   network.run(input) -> Float32Array (the same array at every call: copy what is to be kept)
//   network.inputs, network.outputs
//
// Weights are dequantised once and kept transposed, [inputs, outputs]: an input of zero (most pixels, half of the hidden units after ReLU)
// then costs nothing, and what remains runs through memory in order.

import { numbers } from './packs.js';

export function readLayers(pack, part) {
    const layers = [];
    for (let index = 0; pack.tensors.has(`${part}.${index}.weight`); index++) {
        const [outputs, inputs] = pack.tensors.get(`${part}.${index}.weight`).shape;
        const rows = numbers(pack, `${part}.${index}.weight`);
        const weight = new Float32Array(rows.length);
        for (let output = 0; output < outputs; output++) {
            for (let input = 0; input < inputs; input++)
                weight[input * outputs + output] = rows[output * inputs + input];
        }
        layers.push({ inputs, outputs, weight, bias: numbers(pack, `${part}.${index}.bias`) });
    }
    return layers;
}

export function createNetwork(layers) {
    const buffers = layers.map(layer => new Float32Array(layer.outputs));

    function run(input) {
        let current = input;
        for (let index = 0; index < layers.length; index++) {
            forward(layers[index], current, buffers[index], index < layers.length - 1);
            current = buffers[index];
        }
        return current;
    }

    return { inputs: layers[0].inputs, outputs: layers.at(-1).outputs, layers, run };
}

// Four inputs at a time: the sums are loaded and stored a quarter as often, which is what takes the time.
const active = new Int32Array(4096);

function forward({ inputs, outputs, weight, bias }, input, output, isHidden) {
    output.set(bias);
    let count = 0;
    for (let from = 0; from < inputs; from++) {
        if (input[from] !== 0)
            active[count++] = from;
    }
    let index = 0;
    for (; index + 3 < count; index += 4) {
        const [a, b, c, d] = [active[index], active[index + 1], active[index + 2], active[index + 3]];
        const [va, vb, vc, vd] = [input[a], input[b], input[c], input[d]];
        const [ra, rb, rc, rd] = [a * outputs, b * outputs, c * outputs, d * outputs];
        for (let to = 0; to < outputs; to++)
            output[to] += weight[ra + to] * va + weight[rb + to] * vb + weight[rc + to] * vc + weight[rd + to] * vd;
    }
    for (; index < count; index++) {
        const value = input[active[index]];
        const row = active[index] * outputs;
        for (let to = 0; to < outputs; to++)
            output[to] += weight[row + to] * value;
    }
    if (isHidden) {
        for (let to = 0; to < outputs; to++) {
            if (output[to] < 0)
                output[to] = 0;
        }
    }
}
