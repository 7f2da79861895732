// Reports pointer positions (relative to width and height) and arrow keys over an element to .NET. Only one call runs at a time; of the events
// during a call only the newest is sent afterwards.
const arrows = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };

export function listen(element, component) {
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
    }

    function enqueue(method, first, second) {
        newest = { method, first, second };
        if (!isRunning)
            send();
    }

    function move(event) {
        const box = element.getBoundingClientRect();
        enqueue('PointAt', (event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height);
    }

    function press(event) {
        const arrow = arrows[event.key];
        if (!arrow)
            return;
        event.preventDefault();
        enqueue('MoveBy', arrow[0] * (event.shiftKey ? 5 : 1), arrow[1] * (event.shiftKey ? 5 : 1));
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
