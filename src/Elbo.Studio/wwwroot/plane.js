// Reports pointer positions (relative to width and height) and arrow keys over an element to .NET. Only one call runs at a time; of the
// events during a call only the newest is sent afterwards. Where the browser has a decoder for the plane, it draws the picture of the
// point itself, and .NET is told where the hand rests.
import { afterRest, attach } from './decoder.js';

const arrows = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };
const steps = 80;
const side = 300;
const picture = 72;
const gap = 12;

export function listen(area, component) {
    const element = area.querySelector('svg');
    const canvas = area.querySelector('canvas.hand');
    const mark = area.querySelector('.mark.hand');
    const hand = attach(area, hide);
    const rest = afterRest(tell);
    let point = [0.5, 0.5];
    let isRunning = false;
    let newest = null;

    async function send() {
        isRunning = true;
        try {
            while (newest) {
                const event = newest;
                newest = null;
                await component.invokeMethodAsync(event.method, event.first, event.second);
            }
        } catch {
            // The page has been closed or the connection is lost, which Blazor reports itself.
        } finally {
            isRunning = false;
        }
        await settle();
    }

    function enqueue(method, first, second) {
        newest = { method, first, second };
        if (!isRunning)
            send();
    }

    function hide() {
        area.classList.remove('live');
    }

    // The answer to the last point has been rendered.
    async function settle() {
        const source = element.querySelector('image.at-point')?.getAttribute('href');
        if (source) {
            const image = new Image();
            image.src = source;
            await image.decode().catch(() => {});
        }
        if (!rest.isDue && !isRunning)
            hide();
    }

    function tell() {
        enqueue('PointAt', ...point);
    }

    function draw() {
        const { half, origin, first, second } = JSON.parse(area.dataset.plane);
        const [x, y] = [(2 * point[0] - 1) * half, (1 - 2 * point[1]) * half];
        hand.decoder.paint(canvas, Float32Array.from(origin, (value, index) => value + x * first[index] + y * second[index]));
        const [left, top] = point.map(each => each * side);
        mark.setAttribute('transform', `translate(${left.toFixed(1)} ${top.toFixed(1)})`);
        // Above the point, so that a finger does not cover it, and always within the plane.
        const over = top >= picture + gap ? top - picture - gap : top + gap;
        canvas.style.left = `${Math.min(side - picture, Math.max(0, left - picture / 2)) / side * 100}%`;
        canvas.style.top = `${over / side * 100}%`;
        area.classList.add('live');
        rest.soon();
    }

    function go(left, top) {
        point = [left, top].map(each => Math.min(1, Math.max(0, each)));
        if (hand.decoder)
            draw();
        return hand.decoder !== null;
    }

    function move(event) {
        const box = element.getBoundingClientRect();
        const [left, top] = [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height];
        if (!go(left, top))
            enqueue('PointAt', left, top);
    }

    function press(event) {
        const arrow = arrows[event.key];
        if (!arrow)
            return;
        event.preventDefault();
        const [right, up] = arrow.map(each => each * (event.shiftKey ? 5 : 1));
        if (!go(point[0] + right / steps, point[1] - up / steps))
            enqueue('MoveBy', right, up);
    }

    const listeners = {
        pointermove: move, pointerdown: move, keydown: press,
        pointerup: rest.now, pointerleave: rest.now, focusin: hand.load, pointerenter: hand.load,
    };
    for (const [name, listener] of Object.entries(listeners))
        element.addEventListener(name, listener);
    return {
        dispose() {
            rest.cancel();
            hand.dispose();
            for (const [name, listener] of Object.entries(listeners))
                element.removeEventListener(name, listener);
        },
    };
}
