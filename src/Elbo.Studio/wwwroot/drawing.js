// A canvas for drawing 28 by 28 grey pixels. Strokes are drawn at a larger size, then scaled down and centred like the digits of MNIST: fitted
// into 20 by 20 pixels, with the centre of mass in the centre of the image.
const side = 280;
const pixels = 28;
const fitted = 20;

export function begin(canvas, component) {
    const context = canvas.getContext('2d', { willReadFrequently: true });
    canvas.width = canvas.height = side;
    let last = null;
    let isEmpty = true;

    function clear() {
        context.fillStyle = 'black';
        context.fillRect(0, 0, side, side);
        isEmpty = true;
    }

    function place(event) {
        const box = canvas.getBoundingClientRect();
        return { x: (event.clientX - box.left) / box.width * side, y: (event.clientY - box.top) / box.height * side };
    }

    function stroke(from, to) {
        context.strokeStyle = 'white';
        context.lineWidth = 22;
        context.lineCap = context.lineJoin = 'round';
        context.beginPath();
        context.moveTo(from.x, from.y);
        context.lineTo(to.x, to.y);
        context.stroke();
        isEmpty = false;
    }

    function down(event) {
        canvas.setPointerCapture(event.pointerId);
        last = place(event);
        stroke(last, { x: last.x + 0.1, y: last.y });
    }

    function move(event) {
        if (!last)
            return;
        const next = place(event);
        stroke(last, next);
        last = next;
    }

    async function up() {
        if (!last)
            return;
        last = null;
        try {
            await component.invokeMethodAsync('Drawn', isEmpty ? [] : reduced());
        } catch {
            // The page has been closed.
        }
    }

    function ink(data, width, height, report) {
        for (let y = 0; y < height; y++) {
            for (let x = 0; x < width; x++) {
                const value = data[4 * (y * width + x)];
                if (value > 0)
                    report(x, y, value);
            }
        }
    }

    function reduced() {
        let [left, top, right, bottom] = [side, side, 0, 0];
        ink(context.getImageData(0, 0, side, side).data, side, side, (x, y) => {
            [left, top, right, bottom] = [Math.min(left, x), Math.min(top, y), Math.max(right, x + 1), Math.max(bottom, y + 1)];
        });
        const scale = fitted / Math.max(right - left, bottom - top);
        const small = document.createElement('canvas');
        small.width = small.height = pixels;
        const target = small.getContext('2d', { willReadFrequently: true });
        const draw = (x, y) => {
            target.fillStyle = 'black';
            target.fillRect(0, 0, pixels, pixels);
            target.imageSmoothingEnabled = true;
            target.imageSmoothingQuality = 'high';
            target.drawImage(canvas, left, top, right - left, bottom - top, x, y, (right - left) * scale, (bottom - top) * scale);
            return target.getImageData(0, 0, pixels, pixels).data;
        };
        const [x, y] = [(pixels - (right - left) * scale) / 2, (pixels - (bottom - top) * scale) / 2];
        let [mass, meanX, meanY] = [0, 0, 0];
        ink(draw(x, y), pixels, pixels, (column, row, value) => {
            mass += value;
            meanX += value * (column + 0.5);
            meanY += value * (row + 0.5);
        });
        const data = draw(x + Math.round(pixels / 2 - meanX / mass), y + Math.round(pixels / 2 - meanY / mass));
        return Array.from({ length: pixels * pixels }, (_, index) => data[4 * index]);
    }

    clear();
    canvas.addEventListener('pointerdown', down);
    canvas.addEventListener('pointermove', move);
    canvas.addEventListener('pointerup', up);
    canvas.addEventListener('pointercancel', up);
    canvas.removeAttribute('aria-busy');
    return {
        clear,
        dispose() {
            canvas.removeEventListener('pointerdown', down);
            canvas.removeEventListener('pointermove', move);
            canvas.removeEventListener('pointerup', up);
            canvas.removeEventListener('pointercancel', up);
        },
    };
}
