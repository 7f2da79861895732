// A plane of two latent dimensions on a canvas, moved by pointer and arrow keys.
//
//   const plane = createPlane({
//       label: '...',                        // for a screen reader
//       view: { x: 0, y: 0, range: 4 },      // the plane's centre and half of its side
//       layers: [axes(), dots(...), ...],    // functions (context, view), from the back to the front; see layers.js
//       point: () => [x, y],                 // where the arrow keys start from
//       onPoint: (x, y, phase) => ...,       // phase: 'down', 'move', 'up', 'key', 'hover' (the last only where hovers is true)
//       hovers: false, step: 0.1,            // step: what an arrow key moves, as a share of range; with shift five times as much
//   });
//   plane.element; plane.invalidate(); plane.look({ x, y, range }); plane.describe(text); plane.destroy()
//
// A layer gets view: { toX(v), toY(v), scale (pixels of 1), width, height, x, y, range }. Browsers send at most one pointermove a frame,
// just before it is drawn: acting at once shows the change in that frame.

import { createSurface } from './canvas.js';

const arrows = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };

export function createPlane({ label, view, layers, point, onPoint, hovers = false, step = 0.05, class: name = '' }) {
    let current = { ...view };
    let isDown = false;
    const moves = Boolean(onPoint);
    const surface = createSurface(draw, {
        class: `plane ${name}`, role: moves ? 'application' : 'img', 'aria-label': label, tabindex: moves ? '0' : null,
        ...(moves && { onpointerdown: down, onpointermove: move, onpointerup: up, onpointercancel: up, onkeydown: key }),
    });

    function geometry(width, height) {
        const scale = Math.min(width, height) / (2 * current.range);
        return {
            ...current, width, height, scale,
            toX: value => width / 2 + (value - current.x) * scale,
            toY: value => height / 2 - (value - current.y) * scale,
        };
    }

    function draw(context, width, height) {
        const shape = geometry(width, height);
        for (const layer of layers) {
            context.save();
            layer(context, shape);
            context.restore();
        }
    }

    function place(event) {
        const box = surface.element.getBoundingClientRect();
        const scale = Math.min(box.width, box.height) / (2 * current.range);
        const [right, down] = [event.clientX - box.left - box.width / 2, event.clientY - box.top - box.height / 2];
        return [current.x + right / scale, current.y - down / scale];
    }

    function down(event) {
        isDown = true;
        surface.element.setPointerCapture(event.pointerId);
        onPoint(...place(event), 'down');
    }

    function move(event) {
        if (!isDown && !hovers)
            return;
        onPoint(...place(event), isDown ? 'move' : 'hover');
    }

    function up(event) {
        if (!isDown)
            return;
        isDown = false;
        onPoint(...place(event), 'up');
    }

    function key(event) {
        const direction = arrows[event.key];
        if (!direction || event.ctrlKey || event.altKey || event.metaKey)
            return;
        event.preventDefault();
        const size = step * current.range * (event.shiftKey ? 5 : 1);
        const [x, y] = point();
        onPoint(x + direction[0] * size, y + direction[1] * size, 'key');
    }

    return {
        element: surface.element,
        invalidate: surface.invalidate,
        describe: text => surface.element.setAttribute('aria-label', text),
        look(next) {
            current = { ...current, ...next };
            surface.invalidate();
        },
        get view() { return geometry(surface.width, surface.height); },
        destroy: surface.destroy,
    };
}
