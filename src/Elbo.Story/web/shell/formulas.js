// The formulas, as MathML. Written in a short notation: words of letters are identifiers, `_` and `^` bind the next item, {} group, [] are
// fences kept as written; names of Greek letters become symbols.

const ns = 'http://www.w3.org/1998/Math/MathML';
const symbols = {
    mu: 'μ', sigma: 'σ', epsilon: 'ε', beta: 'β', theta: 'θ', phi: 'φ', integral: '∫', sum: '∑', in: '∈', similar: '∼', times: '·',
    odot: '⊙', E: '𝔼', N: '𝒩',
    approx: '≈', bars: '∥', given: '∣', le: '≤', minus: '−',
};

const sources = {
    generate: ['z similar N ( 0 , I ) , x similar p_theta ( x given z )', 'z similar N ( 0 , I ) , y similar p_theta ( y given z , x )'],
    marginal: ['p_theta ( x ) = integral p_theta ( x given z ) p ( z ) d z'],
    reparameterise: ['z = mu ( x ) + sigma ( x ) odot epsilon , epsilon similar N ( 0 , I )'],
    evidence: ['log p ( x ) = ELBO + KL ( q ( z given x ) bars p ( z given x ) )',
        'ELBO = E_{q ( z given x )} log p ( x given z ) minus KL ( q ( z given x ) bars p ( z ) )'],
    terms: ['ELBO = E_{q ( z given x )} log p ( x given z ) minus KL ( q ( z given x ) bars p ( z ) )',
        'KL = {1 / 2} sum_i ( mu_i^2 + sigma_i^2 minus 1 minus log sigma_i^2 )'],
    autoencoder: ['z = f ( x ) , x similar p_theta ( x given z )', 'z = mu ( x ) + sigma ( x ) odot epsilon'],
    aggregate: ['q ( z ) = {1 / n} sum_i q ( z given x_i ) approx p ( z ) = N ( 0 , I )'],
    beta: ['E_{q ( z given x )} log p ( x given z ) minus beta times KL ( q ( z given x ) bars p ( z ) )',
        'beta times E_{q ( z given x )} log p ( x given z ) minus KL ( q ( z given x ) bars p ( z ) )'],
    condition: ['p ( z given x ) = N ( mu ( x ) , I )',
        'E_{q ( z given x , y )} log p ( y given z , x ) minus KL ( q ( z given x , y ) bars p ( z given x ) )'],
};

const make = (name, ...children) => {
    const made = document.createElementNS(ns, name);
    made.append(...children);
    return made;
};

function parse(text) {
    const tokens = text.match(/[A-Za-z]+|\d+|[{}_^]|[^\sA-Za-z\d]/g);
    let at = 0;

    function item() {
        const token = tokens[at++];
        if (token === '{') {
            const row = sequence();
            at++;
            return row;
        }
        if (/\d/.test(token))
            return make('mn', token);
        if (token === 'log')
            return logarithm();
        if (/[A-Za-z]/.test(token)) {
            const operators = ['integral', 'sum', 'in', 'similar', 'times', 'odot', 'approx', 'bars', 'given', 'le', 'minus'];
            return make(operators.includes(token) ? 'mo' : 'mi', symbols[token] ?? token);
        }
        return make('mo', token);
    }

    /** A name of a function stands off what it is of. */
    function logarithm() {
        const space = make('mspace');
        space.setAttribute('width', '0.17em');
        return make('mrow', make('mi', 'log'), space);
    }

    function bound() {
        let base = item();
        let [below, above] = [null, null];
        while (tokens[at] === '_' || tokens[at] === '^') {
            if (tokens[at++] === '_')
                below = item();
            else
                above = item();
        }
        if (below && above)
            base = make('msubsup', base, below, above);
        else if (below)
            base = make('msub', base, below);
        else if (above)
            base = make('msup', base, above);
        return base;
    }

    function sequence() {
        const parts = [];
        while (at < tokens.length && tokens[at] !== '}')
            parts.push(bound());
        const slash = parts.findIndex(part => part.localName === 'mo' && part.textContent === '/');
        return slash === 1 && parts.length === 3 ? make('mfrac', parts[0], parts[2]) : make('mrow', ...parts);
    }

    return sequence();
}

export function formula(id) {
    const group = document.createElement('div');
    group.className = 'formulas';
    for (const source of sources[id] ?? []) {
        const math = make('math', parse(source));
        math.setAttribute('display', 'block');
        // A formula wider than a phone is scrolled, by the keyboard too.
        const scroller = document.createElement('div');
        scroller.className = 'formula-line';
        scroller.tabIndex = 0;
        scroller.append(math);
        group.append(scroller);
    }
    return group;
}

export const formulaIds = Object.keys(sources);
