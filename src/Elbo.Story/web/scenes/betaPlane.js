// Scene 8's plane: all codes and some clouds of one model, or on the way from one model to the next; the chosen digit in front.
//
//   const plane = createBetaPlane({ label, labels, at, onChoose });   // at() -> { positions, deviations, angle, range, chosen }
//   plane.element; plane.look(); plane.describe(text); plane.destroy()

import { axes, once } from '../parts/layers.js';
import { createPlane } from '../parts/plane.js';
import { classColour, colour } from '../parts/theme.js';

const clouds = 160;

export function createBetaPlane({ label, labels, at, onChoose }) {
    const plane = createPlane({
        label, view: { x: 0, y: 0, range: at().range }, layers: [once(modelLayers, () => at().positions), chosenLayer],
        point: () => placeOf(at().chosen),
        onPoint: (x, y, phase) => {
            if (phase === 'key')
                onChoose(nextFrom(at().chosen, x, y));
            else if (phase !== 'up')
                onChoose(nearest(x, y));
        },
    });

    const placeOf = index => [at().positions[2 * index], at().positions[2 * index + 1]];

    function nearest(x, y, allows = () => true) {
        let [best, least] = [at().chosen, Infinity];
        for (let index = 0; index < labels.length; index++) {
            const [dx, dy] = [at().positions[2 * index] - x, at().positions[2 * index + 1] - y];
            const distance = dx * dx + dy * dy;
            if (distance < least && allows(index))
                [best, least] = [index, distance];
        }
        return best;
    }

    /** The nearest digit that lies roughly in the direction of the arrow key. */
    function nextFrom(chosen, x, y) {
        const [fromX, fromY] = placeOf(chosen);
        const length = Math.hypot(x - fromX, y - fromY);
        const [ux, uy] = [(x - fromX) / length, (y - fromY) / length];
        return nearest(fromX, fromY, index => {
            const [dx, dy] = [at().positions[2 * index] - fromX, at().positions[2 * index + 1] - fromY];
            return index !== chosen && dx * ux + dy * uy > 0.7 * Math.hypot(dx, dy);
        });
    }

    function cloud(context, { toX, toY, scale }, index, times, least = 0) {
        const { positions, deviations, angle } = at();
        context.beginPath();
        // Upwards is the other way on a canvas: so is the angle.
        context.ellipse(toX(positions[2 * index]), toY(positions[2 * index + 1]), Math.max(least, times * deviations[2 * index] * scale),
            Math.max(least, times * deviations[2 * index + 1] * scale), -angle, 0, 2 * Math.PI);
    }

    /** What stays as it is while another digit is chosen. */
    function modelLayers(context, view) {
        for (const layer of [cloudLayer, axes(), dotLayer]) {
            context.save();
            layer(context, view);
            context.restore();
        }
    }

    function cloudLayer(context, view) {
        for (let index = 0; index < Math.min(clouds, labels.length); index++) {
            context.fillStyle = context.strokeStyle = classColour(labels[index]);
            cloud(context, view, index, 1);
            context.globalAlpha = 0.05;
            context.fill();
            context.globalAlpha = 0.4;
            context.stroke();
        }
    }

    function dotLayer(context, { toX, toY }) {
        const { positions } = at();
        context.globalAlpha = 0.75;
        for (let index = 0; index < labels.length; index++) {
            context.fillStyle = classColour(labels[index]);
            context.fillRect(toX(positions[2 * index]) - 1.4, toY(positions[2 * index + 1]) - 1.4, 2.8, 2.8);
        }
    }

    function chosenLayer(context, view) {
        const { chosen } = at();
        context.fillStyle = context.strokeStyle = colour('accent');
        cloud(context, view, chosen, 2, 9);
        context.globalAlpha = 0.16;
        context.fill();
        context.globalAlpha = 1;
        context.lineWidth = 2.5;
        context.stroke();
        context.beginPath();
        context.arc(view.toX(placeOf(chosen)[0]), view.toY(placeOf(chosen)[1]), 4, 0, 2 * Math.PI);
        context.fill();
    }

    return { element: plane.element, look: () => plane.look({ range: at().range }), describe: plane.describe, destroy: plane.destroy };
}
