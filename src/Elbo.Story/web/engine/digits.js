// The test digits of the page.
//
//   const digits = createDigits(pack);
//   digits.count, digits.label(index)
//   digits.image(index)      -> Float32Array(784), 0..1 (a new array)
//   digits.binary(index)     -> the same with every pixel 0 or 1 (white from half of full brightness on)
//   digits.ofLabel(label)    -> the indices of the digits with this label
//   digits.meanImage()       -> the mean of all: how often each pixel is white

const size = 784;

export function createDigits(pack) {
    const images = pack.tensors.get('images').data;
    const labels = pack.tensors.get('labels').data;
    const count = labels.length;
    const at = (index, convert) => Float32Array.from(images.subarray(index * size, (index + 1) * size), convert);

    function meanImage() {
        const mean = new Float32Array(size);
        images.forEach((value, index) => { mean[index % size] += value / 255 / count; });
        return mean;
    }

    return {
        count,
        label: index => labels[index],
        image: index => at(index, value => value / 255),
        binary: index => at(index, value => (value >= 128 ? 1 : 0)),
        ofLabel: label => Array.from(labels.keys()).filter(index => labels[index] === label),
        meanImage,
    };
}
