// z = mu + sigma * epsilon with its present numbers, as MathML.
//
//   const equation = createEquation(); equation.element; equation.show({ mean, deviation, epsilon }, z)

const ns = 'http://www.w3.org/1998/Math/MathML';
const make = (name, ...children) => {
    const made = document.createElementNS(ns, name);
    made.append(...children);
    return made;
};

const signed = value => value.toFixed(2).replace('-', '−');

function vector() {
    const cells = [make('mn', ''), make('mn', '')];
    const rows = cells.map(cell => make('mtr', make('mtd', cell)));
    return { cells, node: make('mrow', make('mo', '('), make('mtable', ...rows), make('mo', ')')) };
}

export function createEquation() {
    const [z, mean, deviation, epsilon] = [vector(), vector(), vector(), vector()];
    const part = (symbol, { node }) => make('munder', node, make('mi', symbol));
    const math = make('math', make('mrow', part('z', z), make('mo', '='), part('μ', mean), make('mo', '+'), part('σ', deviation),
        make('mo', '⊙'), part('ε', epsilon)));
    const box = document.createElement('div');
    box.className = 'equation';
    box.append(math);

    function show(cloud, code) {
        for (const [{ cells }, values] of [[z, code], [mean, cloud.mean], [deviation, cloud.deviation], [epsilon, cloud.epsilon]])
            cells.forEach((cell, index) => { cell.textContent = signed(values[index]); });
    }

    return { element: box, show };
}
