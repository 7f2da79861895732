// The colours of the style sheet's variables as a canvas understands them: read from the page, so that a change of theme changes pictures too.

export function readPalette(element, names) {
    const probe = document.createElement('span');
    probe.hidden = true;
    element.append(probe);
    const colours = {};
    for (const name of names) {
        probe.style.color = `var(--${name})`;
        colours[name] = getComputedStyle(probe).color;
    }
    probe.remove();
    return colours;
}

/** The three channels of a computed colour. */
export function channels(colour) {
    const context = channels.context ??= new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
    context.fillStyle = colour;
    context.fillRect(0, 0, 1, 1);
    return context.getImageData(0, 0, 1, 1).data.slice(0, 3);
}
