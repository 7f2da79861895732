// The test digits of the page.
//
//   const digits = createDigits(pack);
//   digits.count, digits.label(index)
//   digits.binary(index)     -> Float32Array(784), every pixel 0 or 1 (white from half of full brightness on; a new array)
//   digits.ofLabel(label)    -> the indices of the digits with this label
//
//   const grey = createGreyDigits(pack);     // the same digits with their grey values
//   grey.image(index)        -> Float32Array(784), 0..1 (a new array)

const size = 784;

export function createDigits(pack) {
    const white = pack.tensors.get('white').data;
    const labels = pack.tensors.get('labels').data;
    return {
        count: labels.length,
        label: index => labels[index],
        binary: index => Float32Array.from(imageOf(white, index)),
        ofLabel: label => Array.from(labels.keys()).filter(index => labels[index] === label),
    };
}

export function createGreyDigits(pack) {
    const images = pack.tensors.get('images').data;
    return { image: index => Float32Array.from(imageOf(images, index), value => value / 255) };
}

const imageOf = (images, index) => images.subarray(index * size, (index + 1) * size);
