// The sliders of a code. While the hand moves one, its picture is decoded here and drawn over that of the server, and the events stay in
// the browser. When the hand rests or lets go, the last one is passed on; the picture is the server's again as soon as it shows the same
// code. Without a decoder every event goes to the server.
import { afterRest, attach } from './decoder.js';

const border = 2;

export function listen(element) {
    const canvas = element.querySelector('canvas.hand');
    const shown = element.querySelector('[data-code]');
    const moved = new Set();
    const hand = attach(element, hide);
    const rest = afterRest(tell);
    let isKey = false;
    let isPassed = false;

    const isSlider = target => target instanceof HTMLInputElement && target.type === 'range';
    const sliders = () => [...element.querySelectorAll('input[type=range]')];
    const image = () => shown.querySelector('img');

    function code() {
        const values = new Float32Array(hand.decoder.latent);
        for (const slider of sliders())
            values[slider.dataset.dimension] = slider.value;
        return values;
    }

    function hide() {
        canvas.hidden = true;
    }

    // Within the border of the server's picture, which stays in sight.
    function place({ naturalWidth: width }) {
        canvas.style.margin = `${border / width * 100}%`;
        canvas.style.width = `${(width - 2 * border) / width * 100}%`;
    }

    // The pictures are of one code if their sliders are at the same two digits.
    async function settle() {
        if (canvas.hidden || rest.isDue || !hand.decoder)
            return;
        const values = new Float32Array(hand.decoder.latent);
        for (const part of shown.dataset.code.split(',').filter(Boolean)) {
            const [dimension, value] = part.split(':');
            values[dimension - 1] = value;
        }
        const current = code();
        if (values.some((value, index) => Math.abs(value - current[index]) > 0.001))
            return;
        await image()?.decode().catch(() => {});
        if (!rest.isDue)
            hide();
    }

    function tell() {
        isPassed = true;
        for (const slider of moved)
            slider.dispatchEvent(new Event('input', { bubbles: true }));
        isPassed = false;
        moved.clear();
        settle();
    }

    function input(event) {
        if (isPassed || !isSlider(event.target))
            return;
        if (!hand.decoder || !image()?.naturalWidth) {
            hide();
            return;
        }
        event.stopPropagation();
        const slider = event.target;
        place(image());
        hand.decoder.paint(canvas, code());
        canvas.hidden = false;
        // The text node is Blazor's: it is changed and not replaced.
        const output = slider.parentElement.querySelector('output');
        if (output?.firstChild)
            output.firstChild.nodeValue = String(Number(Number(slider.value).toFixed(2)));
        moved.add(slider);
        rest.soon();
    }

    const listeners = {
        input,
        // A key sends one with each step, a pointer when it lets go.
        change(event) {
            if (!isKey && isSlider(event.target))
                rest.now();
        },
        keydown() { isKey = true; },
        pointerdown() { isKey = false; },
        focusout() { rest.now(); },
        focusin: hand.load,
        pointerover: hand.load,
    };
    for (const [name, listener] of Object.entries(listeners))
        element.addEventListener(name, listener, { capture: true });
    const observer = new MutationObserver(settle);
    observer.observe(shown, { attributeFilter: ['data-code'] });
    return {
        dispose() {
            rest.cancel();
            observer.disconnect();
            hand.dispose();
            for (const [name, listener] of Object.entries(listeners))
                element.removeEventListener(name, listener, { capture: true });
        },
    };
}
