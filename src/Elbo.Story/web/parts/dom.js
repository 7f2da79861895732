// Elements in one expression.
//
//   element('button', { class: 'key', type: 'button', onclick: act, 'aria-pressed': 'false' }, 'text', child)
//
// Attributes whose name begins with "on" are listeners; null, undefined and false are left out.

export function element(name, attributes = {}, ...children) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) {
        if (key.startsWith('on'))
            made.addEventListener(key.slice(2), value);
        else if (value !== null && value !== undefined && value !== false)
            made.setAttribute(key, value === true ? '' : value);
    }
    made.append(...children.filter(child => child !== null && child !== undefined));
    return made;
}

export const button = (text, onclick, attributes = {}) =>
    element('button', { type: 'button', class: 'button', onclick, ...attributes }, text);
