// A scene brings its own style: added once, when the scene is first made.

const added = new Set();

export function addStyle(css) {
    if (added.has(css))
        return;
    added.add(css);
    const style = document.createElement('style');
    style.textContent = css;
    document.head.append(style);
}
