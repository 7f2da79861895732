// The hand on an ellipse plane: pointer and keys become ellipses.
//   drag the ellipse, or press anywhere: its mean; drag a handle: one deviation
//   arrow keys: its mean; with Shift: wider, narrower, taller, flatter

import { handles, limited } from './ellipse.js';

const near = 24;

export function attachHand(element, view, current, changed, ended) {
    let grip = null;

    function local(event) {
        const box = element.getBoundingClientRect();
        return [event.clientX - box.left - element.clientLeft, event.clientY - box.top - element.clientTop];
    }

    function down(event) {
        if (event.button > 0 || !current())
            return;
        const [x, y] = local(event), ellipse = current();
        element.setPointerCapture(event.pointerId);
        const [cx, cy] = view.toScreen(ellipse.mean);
        const handle = handles(view, ellipse)
            .map(each => ({ ...each, distance: Math.hypot(each.x - x, each.y - y) }))
            .filter(each => each.distance < near && each.distance < Math.hypot(cx - x, cy - y))
            .sort((a, b) => a.distance - b.distance)[0];
        if (handle) {
            grip = { handle, x, y, deviation: ellipse.deviation.slice() };
        } else {
            const [across, up] = ellipse.deviation.map(sigma => 2 * sigma * view.scale);
            const inside = ((x - cx) / across) ** 2 + ((y - cy) / up) ** 2 < 1;
            const held = inside || Math.hypot(cx - x, cy - y) < near;
            // A press beside the ellipse brings it there, so that a far one is never out of reach.
            grip = { offset: held ? [cx - x, cy - y] : [0, 0] };
            if (!held)
                changed(limited({ mean: view.toPlane(x, y), deviation: ellipse.deviation }));
        }
        event.preventDefault();
        element.focus({ preventScroll: true });
    }

    function move(event) {
        if (!grip)
            return;
        const [x, y] = local(event), ellipse = current();
        if (grip.offset) {
            changed(limited({ mean: view.toPlane(x + grip.offset[0], y + grip.offset[1]), deviation: ellipse.deviation }));
            return;
        }
        const { handle, deviation } = grip;
        const moved = (x - grip.x) * handle.direction[0] + (y - grip.y) * handle.direction[1];
        const next = deviation.slice();
        next[handle.axis] *= Math.max(0.02, (handle.length + moved) / handle.length);
        changed(limited({ mean: ellipse.mean, deviation: next }));
    }

    function up() {
        if (grip) {
            grip = null;
            ended();
        }
    }

    function key(event) {
        const direction = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[event.key];
        if (!direction || !current() || event.altKey || event.ctrlKey || event.metaKey)
            return;
        event.preventDefault();
        const { mean, deviation } = current();
        const ellipse = event.shiftKey
            ? { mean, deviation: deviation.map((s, i) => s * 1.08 ** direction[i]) }
            : { mean: mean.map((m, i) => m + (4 * direction[i]) / view.scale), deviation };
        changed(limited(ellipse));
        ended();
    }

    const listeners = { pointerdown: down, pointermove: move, pointerup: up, pointercancel: up, keydown: key };
    for (const [name, listener] of Object.entries(listeners))
        element.addEventListener(name, listener);
    return { isHeld: () => grip !== null };
}
