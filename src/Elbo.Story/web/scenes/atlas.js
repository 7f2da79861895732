// Layers of a plane that show what it decodes to.
//
//   atlas(model, tiles = 15)     the whole plane as small pictures, faint; costly, so to be wrapped in once()
//   loupe(() => [x, y], picture) the picture above the place (or below, near the top), so that a finger does not cover it

import { paint } from '../parts/picture.js';
import { colour } from '../parts/theme.js';

const side = 28;

export const atlas = (model, tiles = 15) => (context, view) => {
    const canvas = new OffscreenCanvas(tiles * side, tiles * side);
    const target = canvas.getContext('2d');
    for (let row = 0; row < tiles; row++) {
        for (let column = 0; column < tiles; column++) {
            const x = view.x + ((column + 0.5) / tiles * 2 - 1) * view.range;
            const y = view.y - ((row + 0.5) / tiles * 2 - 1) * view.range;
            paint(target, model.decode([x, y]), column * side, row * side);
        }
    }
    const size = Math.min(view.width, view.height);
    context.globalAlpha = 0.38;
    context.imageSmoothingQuality = 'high';
    context.drawImage(canvas, (view.width - size) / 2, (view.height - size) / 2, size, size);
};

export const loupe = (read, picture) => (context, { toX, toY, width }) => {
    const [x, y] = read();
    const size = Math.max(72, Math.min(112, width * 0.22));
    const left = Math.min(width - size - 6, Math.max(6, toX(x) - size / 2));
    const top = toY(y) - size - 22 < 6 ? toY(y) + 22 : toY(y) - size - 22;
    context.imageSmoothingEnabled = false;
    context.shadowColor = '#0006';
    context.shadowBlur = 12;
    context.fillStyle = colour('paper');
    context.fillRect(left, top, size, size);
    context.shadowBlur = 0;
    context.drawImage(picture.element, left, top, size, size);
    context.strokeStyle = colour('accent');
    context.lineWidth = 2;
    context.strokeRect(left, top, size, size);
};
