// What the two planes of scene 4 show besides the ellipse and the posterior.

import { drawEllipse } from '../parts/ellipsePlane.js';
import { colour } from '../parts/theme.js';

const font = '12px system-ui, sans-serif';

/** The magnified plane says what it is and how much nearer. */
export function paintNear(context, view, { quadrature, overview, host }) {
    const factor = Math.round(view.scale / Math.max(1e-9, overview.view.scale));
    context.fillStyle = colour('muted');
    context.font = font;
    context.fillText(quadrature ? host.text('magnified', { factor }) : host.text('computing'), 10, view.height - 10);
}

/** The whole plane: where the digits' codes lie, the circles of N(0, I), and which part is magnified. */
export function paintFar(context, view, { quadrature, plane, digits, codes, digitLabel, host }) {
    context.strokeStyle = colour('line');
    for (const radius of [1, 2, 3]) {
        context.beginPath();
        context.arc(...view.toScreen([0, 0]), radius * view.scale, 0, 2 * Math.PI);
        context.stroke();
    }
    for (let n = 0; 2 * n < codes.length; n++) {
        const [x, y] = view.toScreen([codes[2 * n], codes[2 * n + 1]]), isSame = digits.label(n) === digitLabel;
        context.globalAlpha = isSame ? 0.9 : 0.3;
        context.fillStyle = colour(isSame ? 'posterior' : 'muted');
        context.fillRect(x - 1, y - 1, 2, 2);
    }
    context.globalAlpha = 1;
    if (quadrature) {
        const { centre, width, height, scale } = plane.view, ratio = view.scale / scale, [x, y] = view.toScreen(centre);
        context.strokeStyle = colour('ink');
        context.lineWidth = 1.5;
        context.strokeRect(x - (width * ratio) / 2, y - (height * ratio) / 2, width * ratio, height * ratio);
    }
    context.fillStyle = colour('muted');
    context.font = font;
    context.fillText(host.text('whole'), 8, view.height - 8);
}

/** Once they are open: the encoder's ellipse, dashed, and the best of its family, dotted. */
export function paintAnswers(context, view, { state, quadrature, encoded, best }) {
    if (!state.shown || !quadrature)
        return;
    drawEllipse(context, view, encoded, colour('answer'), { dash: [7, 4] });
    if (best)
        drawEllipse(context, view, best, colour('posterior'), { dash: [2, 3] });
}
