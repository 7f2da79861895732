// Follows the pointer over an element and tells .NET where it is, as shares of width and height: one call under way, and of those that
// come meanwhile the newest alone.
export function follow(element, component) {
    let underWay = false;
    let newest = null;

    async function tell() {
        underWay = true;
        try {
            while (newest) {
                const place = newest;
                newest = null;
                await component.invokeMethodAsync('PointAt', place.left, place.top);
            }
        } catch {
            // The page has been left, or the connection is gone: Blazor says so itself.
        } finally {
            underWay = false;
        }
    }

    function move(event) {
        const box = element.getBoundingClientRect();
        newest = { left: (event.clientX - box.left) / box.width, top: (event.clientY - box.top) / box.height };
        if (!underWay)
            tell();
    }

    element.addEventListener('pointermove', move);
    element.addEventListener('pointerdown', move);
    return {
        dispose() {
            element.removeEventListener('pointermove', move);
            element.removeEventListener('pointerdown', move);
        },
    };
}
