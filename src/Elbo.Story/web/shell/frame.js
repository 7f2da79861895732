// What surrounds a scene: the header of one row, the question, the stage, what it showed, and the way on.

import { element } from '../parts/dom.js';
import { linkTo } from './link.js';

export function createHeader({ link, texts, ids, onLanguage, onTheme }) {
    const { shell, scenes } = texts;
    const title = id => scenes.find(scene => scene.id === id).title;
    const dots = ids.map((id, index) => element('li', {},
        element('a', { class: 'dot', href: linkTo(link, id), 'aria-current': link.scene === id ? 'page' : null, title: title(id) },
            element('span', { class: 'dot-number' }, String(index + 1)), element('span', { class: 'dot-title' }, title(id)))));
    const list = element('ol', { class: 'dots', id: 'dots' }, ...dots);
    const place = link.scene === 'end' ? shell.end : `${ids.indexOf(link.scene) + 1} / ${ids.length}`;
    const toggle = element('button', { type: 'button', class: 'button menu', 'aria-expanded': 'false', 'aria-controls': 'dots', onclick: event => {
        const isOpen = list.classList.toggle('open');
        event.currentTarget.setAttribute('aria-expanded', String(isOpen));
    } }, `${place} ▾`);
    const themeName = shell.themes[link.theme ?? 'auto'];
    return element('header', { class: 'head' },
        element('a', { class: 'brand', href: linkTo(link, ids[0]) }, shell.brand),
        element('nav', { 'aria-label': shell.scenes }, toggle, list),
        element('button', { type: 'button', id: 'language', class: 'button quiet', lang: link.language === 'zh' ? 'en' : 'zh', onclick: onLanguage }, shell.otherLanguage),
        element('button', { type: 'button', id: 'theme', class: 'button quiet icon', 'aria-label': themeName, title: themeName, onclick: onTheme },
            { light: '☀', dark: '☾' }[link.theme] ?? '◐'));
}

export function createSteps({ link, texts, ids, isRevealed, onReveal }) {
    const { shell } = texts;
    const at = ids.indexOf(link.scene);
    const next = at < 0 ? null : ids[at + 1] ?? 'end';
    const previous = at < 0 ? ids.at(-1) : ids[at - 1];
    return element('nav', { class: 'steps', 'aria-label': shell.steps },
        previous === undefined ? element('span') : element('a', { class: 'button quiet', rel: 'prev', href: linkTo(link, previous) }, `← ${shell.previous}`),
        at < 0 ? null : element('button', { type: 'button', class: 'button quiet reveal', 'aria-expanded': String(isRevealed), 'aria-controls': 'insight',
            onclick: onReveal }, shell.reveal),
        next === null ? element('span') : element('a', { class: 'button primary', rel: 'next', href: linkTo(link, next) }, `${shell.next} →`));
}

export function createFooter({ texts }) {
    const { shell, symbols } = texts;
    const rows = symbols.rows.map(row => element('tr', {}, ...row.map((cell, index) => element(index ? 'td' : 'th', index ? {} : { scope: 'row' }, cell))));
    const heads = symbols.heads.map(head => head ? element('th', { scope: 'col' }, head) : element('td'));
    return element('footer', { class: 'foot' },
        element('details', {}, element('summary', {}, symbols.title),
            element('p', {}, symbols.note.map(sentence => sentence.text).join(' ')),
            element('div', { class: 'table', tabindex: '0', role: 'region', 'aria-label': symbols.title },
                element('table', {}, element('thead', {}, element('tr', {}, ...heads)), element('tbody', {}, ...rows)))),
        element('p', {}, ...shell.mnist.map(part => part.href ? element('a', { href: part.href, rel: 'noreferrer' }, part.text) : part.text)));
}
