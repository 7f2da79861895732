// The texts of a language, and figures put into them.
//
//   const texts = await loadTexts('en');     // { shell, scenes, questions, symbols, ... }
//   pickLanguage(asked)                       // 'en' or 'zh': what the link asks for, or the browser
//   fill('{kl:1} nats', values)               // numbers with so many decimals; {share:%} as a percentage; null where a figure is missing
//
// A figure {model-plane.kl:1} is the entry kl of what the pack "terms" says of the pack model-plane, {betas.last} the entry last of the
// figures in the pack "betas"; {name} alone is an entry of the pack "figures".

const kept = new Map();

export function pickLanguage(asked) {
    return asked ?? (/^zh/i.test(navigator.languages?.[0] ?? navigator.language ?? '') ? 'zh' : 'en');
}

export function loadTexts(language) {
    if (!kept.has(language))
        kept.set(language, read(language));
    return kept.get(language);
}

async function read(language) {
    const holder = document.querySelector(`script[data-texts="${language}"]`);
    const text = holder ? holder.textContent : await (await fetch(`texts/${language}.json`)).text();
    return JSON.parse(text, (_, value) => unbroken(value));
}

/** A line does not end within N(0, I) or q(z | x), where it may after a bar unless a word joiner follows. */
const unbroken = value => (typeof value === 'string'
    ? value.replace(/(?:[Npq]|KL)\((?:[^()]|\([^()]*\))*\)/g, formula => formula.replaceAll(' ', '\u00a0').replaceAll('|', '|\u2060'))
    : value);

export function fill(text, values) {
    let isComplete = true;
    const filled = text.replace(/\{([\w.-]+)(?::([\d%]+))?\}/g, (_, name, format) => {
        const value = typeof values === 'function' ? values(name) : values?.[name];
        if (value === undefined || value === null) {
            isComplete = false;
            return '';
        }
        if (typeof value !== 'number' || format === undefined)
            return String(value);
        // Near an end a decimal more, but 100% has none.
        const decimals = value < 1 && (value > 0.995 || value < 0.05) ? 1 : 0;
        return format === '%' ? `${(100 * value).toFixed(decimals)}%` : value.toFixed(Number(format));
    });
    return isComplete ? filled : null;
}

/** Looks figures up in the packs at hand. */
export function figuresOf(packs) {
    const parsed = text => (text ? JSON.parse(text) : {});
    const own = name => parsed(packs.get(name)?.metadata.figures), figures = own('figures'), terms = packs.get('terms')?.metadata ?? {};
    return name => {
        const dot = name.lastIndexOf('.'), group = name.slice(0, dot), entry = name.slice(dot + 1);
        if (dot < 0)
            return figures[name];
        return (group in terms ? parsed(terms[group]) : own(group))[entry];
    };
}
