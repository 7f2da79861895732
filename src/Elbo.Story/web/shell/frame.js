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
    const toggle = menu(place, list);
    const themeName = shell.themes[link.look ?? 'auto'];
    return element('header', { class: 'head' },
        element('a', { class: 'brand', href: linkTo(link, ids[0]) }, shell.brand),
        studioViews(link.language),
        element('nav', { 'aria-label': shell.scenes }, toggle, list),
        element('button', {
            type: 'button', id: 'language', class: 'button quiet', lang: link.language === 'zh' ? 'en' : 'zh', onclick: onLanguage,
        }, shell.otherLanguage),
        element('button', {
            type: 'button', id: 'theme', class: 'button quiet icon', 'aria-label': themeName, title: themeName, onclick: onTheme,
        },
            { light: '☀', dark: '☾' }[link.look] ?? '◐'));
}

/** What opens a list on a narrow screen, and closes any other. */
function menu(text, list) {
    list.classList.add('list');
    return element('button', { type: 'button', class: 'button menu', 'aria-expanded': 'false', 'aria-controls': list.id, onclick: event => {
        const { currentTarget } = event;
        const isOpen = !list.classList.contains('open');
        for (const other of document.querySelectorAll('.head .list'))
            other.classList.toggle('open', other === list && isOpen);
        for (const other of document.querySelectorAll('.head .menu'))
            other.setAttribute('aria-expanded', String(other === currentTarget && isOpen));
    } }, `${text} ▾`);
}

/** In the studio: its other views, which the page names in <script id="studio-views"> for each language. */
function studioViews(language) {
    const held = document.getElementById('studio-views');
    if (!held)
        return null;
    const { label, views } = JSON.parse(held.textContent)[language];
    const items = views.map(({ address, title }) => element('li', {}, element('a', { href: address }, title)));
    const list = element('ul', { id: 'views' }, ...items);
    return element('nav', { class: 'views', 'aria-label': label }, menu(label, list), list);
}

export function createSteps({ link, texts, ids, isRevealed, onReveal }) {
    const { shell } = texts;
    const at = ids.indexOf(link.scene);
    const reveal = at < 0 ? null : element('button', {
        type: 'button', class: 'button quiet reveal', 'aria-expanded': String(isRevealed), 'aria-controls': 'insight', onclick: onReveal,
    }, shell.reveal);
    const [before, after] = link.embed ? [null, wholeStory(link, shell)] : neighbours({ link, shell, ids, at });
    return element('nav', { class: 'steps', 'aria-label': shell.steps }, before ?? element('span'), reveal, after ?? element('span'));
}

function neighbours({ link, shell, ids, at }) {
    const way = (scene, rel, look, text) => element('a', { class: `button ${look}`, rel, href: linkTo(link, scene) }, text);
    const previous = at < 0 ? ids.at(-1) : ids[at - 1];
    return [
        previous === undefined ? null : way(previous, 'prev', 'quiet', `← ${shell.previous}`),
        at < 0 ? null : way(ids[at + 1] ?? 'end', 'next', 'primary', `${shell.next} →`),
    ];
}

// An embedded scene stands alone; the rest of the story opens beside the page that embeds it.
const wholeStory = (link, shell) => element('a', {
    class: 'button quiet', target: '_blank', rel: 'noopener', href: linkTo({ ...link, embed: false }, link.scene, link.state),
}, shell.whole);

/** What follows a caret stands raised. */
function raised(text) {
    const [base, exponent] = text.split('^');
    return exponent === undefined ? [base] : [base, element('sup', {}, exponent)];
}

export function createFooter({ texts }) {
    const { shell, symbols } = texts;
    const rows = symbols.rows.map(([name, ...cells]) =>
        element('tr', {}, element('th', { scope: 'row' }, name), ...cells.map(cell => element('td', {}, ...raised(cell)))));
    const heads = symbols.heads.map(head => head ? element('th', { scope: 'col' }, head) : element('td'));
    return element('footer', { class: 'foot' },
        element('details', {}, element('summary', {}, symbols.title),
            element('p', {}, symbols.note.map(sentence => sentence.text).join(' ')),
            element('div', { class: 'table', tabindex: '0', role: 'region', 'aria-label': symbols.title },
                element('table', {}, element('thead', {}, element('tr', {}, ...heads)), element('tbody', {}, ...rows)))),
        element('p', {}, ...shell.mnist.map(({ href, text }) => href ? element('a', { href, rel: 'noreferrer' }, text) : text)));
}
