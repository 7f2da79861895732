// Follows pointer and arrow keys over an element and tells .NET where they are, the pointer as shares of width and height: one call under
// way, and of those that come meanwhile the newest alone.
const arrows = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };

export function follow(element, component) {
    let underWay = false;
    let newest = null;

    async function tell() {
        underWay = true;
        try {
            while (newest) {
                const place = newest;
                newest = null;
                await component.invokeMethodAsync(place.method, place.first, place.second);
            }
        } catch {
            // The page has been left, or the connection is gone: Blazor says so itself.
        } finally {
            underWay = false;
        }
    }

    function ask(method, first, second) {
        newest = { method, first, second };
        if (!underWay)
            tell();
    }

    function move(event) {
        const box = element.getBoundingClientRect();
        ask('PointAt', (event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height);
    }

    function press(event) {
        const arrow = arrows[event.key];
        if (!arrow)
            return;
        event.preventDefault();
        ask('MoveBy', arrow[0] * (event.shiftKey ? 5 : 1), arrow[1] * (event.shiftKey ? 5 : 1));
    }

    element.addEventListener('pointermove', move);
    element.addEventListener('pointerdown', move);
    element.addEventListener('keydown', press);
    return {
        dispose() {
            element.removeEventListener('pointermove', move);
            element.removeEventListener('pointerdown', move);
            element.removeEventListener('keydown', press);
        },
    };
}
