// A canvas of the size that the style sheet gives it, sharp on every screen and drawn at most once a frame.
//
//   const surface = createSurface({ class: 'plane', draw: (context, width, height) => ... }, attributes);
//   surface.element; surface.invalidate(); surface.destroy(); surface.width; surface.height     // CSS pixels

import { element } from './dom.js';
import { onTheme } from './theme.js';

export function createSurface(draw, attributes) {
    const canvas = element('canvas', attributes);
    const context = canvas.getContext('2d');
    let frame = 0;
    let size = { width: 0, height: 0 };

    function paint() {
        frame = 0;
        size = { width: canvas.clientWidth, height: canvas.clientHeight };
        if (!size.width || !size.height)
            return;
        const ratio = Math.min(3, globalThis.devicePixelRatio || 1);
        const [width, height] = [Math.round(size.width * ratio), Math.round(size.height * ratio)];
        if (canvas.width !== width || canvas.height !== height)
            [canvas.width, canvas.height] = [width, height];
        context.setTransform(ratio, 0, 0, ratio, 0, 0);
        context.clearRect(0, 0, size.width, size.height);
        draw(context, size.width, size.height);
    }

    const invalidate = () => { frame ||= requestAnimationFrame(paint); };
    const observer = new ResizeObserver(invalidate);
    observer.observe(canvas);
    onTheme(canvas, invalidate);
    return {
        element: canvas,
        invalidate,
        get width() { return size.width; },
        get height() { return size.height; },
        destroy() {
            observer.disconnect();
            cancelAnimationFrame(frame);
        },
    };
}
