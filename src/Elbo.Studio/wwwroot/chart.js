// The values of a chart at an epoch: at the pointer, at a touch, or by the arrow keys; and the epochs to be shown, dragged with the mouse
// or by the keys + and -. The server draws the chart; its values are in the attribute data-chart of the element that lies over it
// (ChartData).
const maxRows = 12;
const minDrag = 6;

export function listen(element, component) {
    let text = null;
    let chart = null;
    let epoch = null;
    let dragFrom = null;
    const box = document.createElement('div');
    const line = document.createElement('div');
    const range = document.createElement('div');
    box.className = 'chart-values';
    line.className = 'chart-line';
    range.className = 'chart-range';
    // The element that has the focus says the same in its value.
    box.setAttribute('aria-hidden', 'true');
    for (const part of [range, line, box]) {
        part.hidden = true;
        element.append(part);
    }

    function read() {
        if (element.dataset.chart !== text) {
            text = element.dataset.chart;
            chart = JSON.parse(text);
            chart.epochs = [...new Set(chart.curves.flatMap(curve => curve.epochs))]
                .filter(each => each >= chart.from && each <= chart.to).sort((a, b) => a - b);
        }
        return chart;
    }

    const nearest = (numbers, number) => numbers.reduce((a, b) => Math.abs(b - number) < Math.abs(a - number) ? b : a, numbers[0]);
    const place = each => chart.left + (each - chart.from) / (chart.to - chart.from) * (chart.right - chart.left);
    const epochAt = x => chart.from + (x - chart.left) / (chart.right - chart.left) * (chart.to - chart.from);
    const fraction = event => {
        const area = element.getBoundingClientRect();
        return (event.clientX - area.left) / area.width;
    };

    function rows() {
        return chart.curves.map(curve => {
            const own = nearest(curve.epochs, epoch);
            const at = curve.epochs.indexOf(own);
            const error = curve.errors && curve.errors[at] !== null ? ` ± ${curve.errors[at]}` : '';
            const when = own === epoch ? '' : ' ' + chart.own.replace('{0}', own);
            return { color: curve.color, text: `${curve.name}: ${curve.values[at]}${error}${when}` };
        });
    }

    function show(wanted) {
        if (!read().epochs.length)
            return;
        epoch = nearest(chart.epochs, wanted);
        const all = rows();
        const title = chart.epoch.replace('{0}', epoch);
        const more = all.length > maxRows ? [{ text: chart.more.replace('{0}', all.length - maxRows) }] : [];
        box.replaceChildren(...[{ text: title }, ...all.slice(0, maxRows), ...more].map(row => {
            const part = document.createElement('div');
            if (row.color) {
                const key = document.createElement('span');
                key.className = 'chart-key';
                key.style.background = row.color;
                part.append(key);
            }
            part.append(row.text);
            return part;
        }));
        const at = place(epoch);
        line.style.left = `${at * 100}%`;
        box.style.left = at < 0.5 ? `calc(${at * 100}% + 8px)` : 'auto';
        box.style.right = at < 0.5 ? 'auto' : `calc(${(1 - at) * 100}% + 8px)`;
        box.hidden = line.hidden = false;
        element.setAttribute('aria-valuenow', epoch);
        element.setAttribute('aria-valuetext', [title, ...all.map(row => row.text)].join('; '));
    }

    function hide() {
        box.hidden = line.hidden = range.hidden = true;
        dragFrom = null;
    }

    function zoom(from, to) {
        hide();
        component.invokeMethodAsync('Zoom', Math.max(0, Math.round(from)), Math.max(0, Math.round(to))).catch(() => {
            // The page has been closed or the connection is lost, which Blazor reports itself.
        });
    }

    function move(event) {
        read();
        show(epochAt(fraction(event)));
        if (dragFrom === null)
            return;
        const [from, to] = [dragFrom, fraction(event)].sort((a, b) => a - b);
        range.style.left = `${from * 100}%`;
        range.style.width = `${(to - from) * 100}%`;
        range.hidden = false;
    }

    function down(event) {
        move(event);
        if (event.pointerType !== 'mouse' || event.button !== 0)
            return;
        dragFrom = fraction(event);
        element.setPointerCapture(event.pointerId);
    }

    function up(event) {
        if (dragFrom === null)
            return;
        const [from, to] = [dragFrom, fraction(event)].sort((a, b) => a - b);
        dragFrom = null;
        range.hidden = true;
        if ((to - from) * element.getBoundingClientRect().width < minDrag)
            return;
        const first = Math.floor(Math.max(chart.from, epochAt(from)));
        zoom(first, Math.max(first + 1, Math.ceil(Math.min(chart.to, epochAt(to)))));
    }

    function press(event) {
        read();
        const index = chart.epochs.indexOf(epoch ?? nearest(chart.epochs, chart.to));
        const steps = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -10, PageUp: 10, Home: -1e9, End: 1e9 };
        const span = chart.to - chart.from;
        const middle = epoch ?? (chart.from + chart.to) / 2;
        if (event.key in steps)
            show(chart.epochs[Math.min(chart.epochs.length - 1, Math.max(0, index + steps[event.key]))]);
        else if (event.key === '+' && span > 2)
            zoom(Math.max(chart.from, middle - span / 4), Math.min(chart.to, middle + span / 4));
        else if (event.key === '-')
            zoom(Math.max(0, middle - span), middle + span);
        else if (event.key === 'Escape')
            zoom(0, 0);
        else
            return;
        event.preventDefault();
    }

    const reset = () => zoom(0, 0);
    const listeners = {
        pointermove: move, pointerdown: down, pointerup: up, pointerleave: hide, pointercancel: hide,
        dblclick: reset, keydown: press, blur: hide,
    };
    for (const [name, listener] of Object.entries(listeners))
        element.addEventListener(name, listener);
    return {
        dispose() {
            for (const [name, listener] of Object.entries(listeners))
                element.removeEventListener(name, listener);
        },
    };
}
