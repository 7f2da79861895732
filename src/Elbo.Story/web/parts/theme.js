// The colours of the theme for canvases, and who repaints when it changes.
//
//   colour('ink') -> '#1d2327'           the CSS variable --ink as it is now
//   channels('ink') -> [29, 35, 39]
//   classColour(label) -> the colour of a digit's class in this theme
//   onTheme(element, repaint)            called after each change while the element is in the page
//   themeChanged()                       the shell says so

const repaints = new Map();
let colours = new Map();

export function colour(name) {
    if (!colours.has(name))
        colours.set(name, getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim());
    return colours.get(name);
}

export const classColour = label => colour(`class-${label}`);

export function channels(name) {
    const value = Number.parseInt(colour(name).slice(1), 16);
    return [value >> 16, (value >> 8) & 255, value & 255];
}

export function onTheme(element, repaint) {
    repaints.set(element, repaint);
}

export function themeChanged() {
    colours = new Map();
    for (const [element, repaint] of repaints) {
        if (element.isConnected)
            repaint();
        else
            repaints.delete(element);
    }
}
