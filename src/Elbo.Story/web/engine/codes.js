// The codes of all test digits: what the encoder says about each. Computed in the page (about 60 ms for 1,000 digits), once per model.
//
//   codesOf(model, digits, isBinary) -> { count, means, deviations, labels }: means and deviations are Float32Array [count * latent]

const kept = new WeakMap();

export function codesOf(model, digits, isBinary = false) {
    if (!kept.has(model))
        kept.set(model, computed(model, digits, isBinary));
    return kept.get(model);
}

function computed(model, digits, isBinary) {
    const { count } = digits;
    const means = new Float32Array(count * model.latent);
    const deviations = new Float32Array(count * model.latent);
    const labels = new Uint8Array(count);
    for (let index = 0; index < count; index++) {
        const code = model.encode(isBinary ? digits.binary(index) : digits.image(index), digits.label(index));
        means.set(code.mean, index * model.latent);
        deviations.set(code.deviation, index * model.latent);
        labels[index] = digits.label(index);
    }
    return { count, means, deviations, labels };
}
