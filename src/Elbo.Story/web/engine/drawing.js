// From a drawing to 28 by 28 grey pixels as MNIST's: fitted into 20 by 20 pixels, with the centre of mass in the centre of the image.
//
//   reduced(canvas, pen) -> Float32Array(784) of 0..1, or null where nothing is drawn, or one dot
//
// canvas holds white strokes of the width `pen` on black, and has a context made with { willReadFrequently: true }.

const pixels = 28;
const fitted = 20;

let small = null;

export function reduced(canvas, pen) {
    const bounds = inkBounds(canvas);
    if (!bounds)
        return null;
    const { left, top, width, height } = bounds;
    // A tap leaves a disc of the pen's size; it is no digit.
    if (Math.max(width, height) < 1.5 * pen)
        return null;
    const scale = fitted / Math.max(width, height);
    const [x, y] = [(pixels - width * scale) / 2, (pixels - height * scale) / 2];
    const centred = shrunk(canvas, bounds, scale, x, y);
    let [mass, meanX, meanY] = [0, 0, 0];
    for (let index = 0; index < pixels * pixels; index++) {
        const value = centred[4 * index];
        mass += value;
        meanX += value * (index % pixels + 0.5);
        meanY += value * (Math.floor(index / pixels) + 0.5);
    }
    const [right, down] = [Math.round(pixels / 2 - meanX / mass), Math.round(pixels / 2 - meanY / mass)];
    const data = shrunk(canvas, { left, top, width, height }, scale, x + right, y + down);
    return Float32Array.from({ length: pixels * pixels }, (_, index) => data[4 * index] / 255);
}

function inkBounds(canvas) {
    const { width: side, height } = canvas;
    const words = new Uint32Array(canvas.getContext('2d', { willReadFrequently: true }).getImageData(0, 0, side, height).data.buffer);
    let [left, top, right, bottom] = [side, height, 0, 0];
    for (let index = 0; index < words.length; index++) {
        if ((words[index] & 0xff) === 0)
            continue;
        const [x, y] = [index % side, Math.floor(index / side)];
        left = Math.min(left, x);
        right = Math.max(right, x + 1);
        top = Math.min(top, y);
        bottom = Math.max(bottom, y + 1);
    }
    return right > left ? { left, top, width: right - left, height: bottom - top } : null;
}

function shrunk(canvas, { left, top, width, height }, scale, x, y) {
    if (!small) {
        small = document.createElement('canvas');
        small.width = small.height = pixels;
    }
    const context = small.getContext('2d', { willReadFrequently: true });
    context.fillStyle = 'black';
    context.fillRect(0, 0, pixels, pixels);
    context.imageSmoothingEnabled = true;
    context.imageSmoothingQuality = 'high';
    context.drawImage(canvas, left, top, width, height, x, y, width * scale, height * scale);
    return context.getImageData(0, 0, pixels, pixels).data;
}
