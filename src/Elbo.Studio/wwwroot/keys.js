// Reports the digits 0 to 9 to .NET wherever the focus is on the page, except where keys are text or a shortcut of the browser. Only one
// call runs at a time; of the digits pressed during a call only the last is sent afterwards.
const writing = [
    'input:not([type=range], [type=checkbox], [type=radio], [type=button], [type=submit], [type=color])', 'textarea', 'select',
    '[contenteditable]:not([contenteditable=false])', '[role=combobox]', '[role=listbox]', '[role=textbox]',
].join();

export function listen(component) {
    let isRunning = false;
    let newest = null;

    async function send() {
        isRunning = true;
        try {
            while (newest !== null) {
                const digit = newest;
                newest = null;
                await component.invokeMethodAsync('Press', digit);
            }
        } catch {
            // The page has been closed or the connection is lost, which Blazor reports itself.
        } finally {
            isRunning = false;
        }
    }

    function press(event) {
        if (event.defaultPrevented || event.isComposing || event.repeat || event.ctrlKey || event.altKey || event.metaKey)
            return;
        if (!/^[0-9]$/.test(event.key) || event.target.closest?.(writing))
            return;
        newest = Number(event.key);
        if (!isRunning)
            send();
    }

    document.addEventListener('keydown', press);
    return {
        dispose() {
            document.removeEventListener('keydown', press);
        },
    };
}
