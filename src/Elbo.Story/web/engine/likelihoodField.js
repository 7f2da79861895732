// log p(x|z) of one image at many places z of a two-dimensional latent space.
// With h(z) the decoder's last hidden layer and logit = W h + b, the log likelihood of a Bernoulli decoder is
//     log p(x|z) = x . (W h + b) - sum softplus(W h + b) = (W' x) . h(z) + b . x - S(z),
// so that only h(z) and the number S(z) need a decoding. Both are the same for every image: a grid that is decoded once
// answers for a new image with as many multiplications a node as h has units.

const block = 4;

/** layers: those of network.js, { inputs, outputs, weight [inputs * outputs], bias [outputs] }. */
export class LikelihoodField {
    constructor(layers) {
        // One row for each output, in the machine's own number type: a node's sums then run through memory in order, without conversions.
        this.layers = layers.map(({ inputs, outputs, weight, bias }) => {
            const rows = new Float64Array(weight.length);
            for (let i = 0; i < inputs; i++) {
                for (let j = 0; j < outputs; j++)
                    rows[j * inputs + i] = weight[i * outputs + j];
            }
            return { inputs, outputs, rows, bias: Float64Array.from(bias) };
        });
        this.last = this.layers.pop();
    }

    /** Decodes the nodes z = (points[2n], points[2n + 1]): h(z) and S(z) for each. */
    decode(points) {
        const count = points.length / 2, width = this.last.inputs;
        const features = new Float64Array(count * width), normalizers = new Float64Array(count);
        const input = new Float64Array(2 * block), buffers = this.layers.map(layer => new Float64Array(layer.outputs * block));
        const logits = new Float64Array(this.last.outputs * block);
        for (let start = 0; start < count; start += block) {
            const taken = Math.min(block, count - start);
            for (let n = 0; n < taken; n++) {
                input[n] = points[2 * (start + n)];
                input[block + n] = points[2 * (start + n) + 1];
            }
            let current = input;
            this.layers.forEach((layer, index) => {
                product(layer, current, buffers[index]);
                current = rectify(buffers[index]);
            });
            product(this.last, current, logits);
            for (let n = 0; n < taken; n++) {
                for (let k = 0; k < width; k++)
                    features[(start + n) * width + k] = current[k * block + n];
                normalizers[start + n] = sumOfSoftplus(logits, n);
            }
        }
        return { features, normalizers };
    }

    /** log p(x|z) at nodes that decode() has seen. image: pixels 0 or 1. */
    logLikelihoods(nodes, image) {
        const { rows, bias, inputs } = this.last;
        const direction = new Float64Array(inputs);
        let constant = 0;
        for (let j = 0; j < image.length; j++) {
            if (image[j] === 0)
                continue;
            constant += image[j] * bias[j];
            for (let k = 0; k < inputs; k++)
                direction[k] += image[j] * rows[j * inputs + k];
        }
        const { features, normalizers } = nodes;
        const result = new Float64Array(normalizers.length);
        for (let n = 0; n < result.length; n++) {
            let sum = constant - normalizers[n];
            for (let k = 0, f = n * inputs; k < inputs; k++)
                sum += direction[k] * features[f + k];
            result[n] = sum;
        }
        return result;
    }
}

/** output = W input + b for four nodes at once, unit by unit [units * 4], so that each weight is read once for four. */
function product({ rows, bias, inputs, outputs }, input, output) {
    for (let j = 0; j < outputs; j++) {
        let a = bias[j], b = a, c = a, d = a;
        for (let k = 0, w = j * inputs, p = 0; k < inputs; k++, w++, p += block) {
            const weight = rows[w];
            a += weight * input[p];
            b += weight * input[p + 1];
            c += weight * input[p + 2];
            d += weight * input[p + 3];
        }
        output[j * block] = a;
        output[j * block + 1] = b;
        output[j * block + 2] = c;
        output[j * block + 3] = d;
    }
}

function rectify(values) {
    for (let i = 0; i < values.length; i++) {
        if (values[i] < 0)
            values[i] = 0;
    }
    return values;
}

/** S of one node of a block. */
function sumOfSoftplus(logits, node) {
    // log(1 + e^v) = max(v, 0) + log(1 + e^-|v|); a product of 16 of the last factors, each at most 2, needs one logarithm instead of 16.
    let sum = 0, factors = 1;
    for (let i = node, n = 1; i < logits.length; i += block, n++) {
        const v = logits[i];
        factors *= 1 + Math.exp(-Math.abs(v));
        if (v > 0)
            sum += v;
        if ((n & 15) === 0) {
            sum += Math.log(factors);
            factors = 1;
        }
    }
    return sum + Math.log(factors);
}
