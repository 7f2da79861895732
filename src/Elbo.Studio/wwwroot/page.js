// Browser functions that Blazor does not provide: the clipboard, saving an image of the page, cookies, and the theme of the system.
// copy returns whether the text was copied: a browser may refuse, and a page loaded over plain HTTP from another machine has no clipboard.
export async function copy(text) {
    try {
        await navigator.clipboard.writeText(text);
        return true;
    } catch {
        return false;
    }
}

export function address(relative) {
    return new URL(relative, document.baseURI).href;
}

export function save(name, source) {
    const link = document.createElement('a');
    link.href = source;
    link.download = name;
    link.click();
}

// Stores the choices of language and theme; the server reads the cookies when a page is opened.
export function setCookie(name, value) {
    document.cookie = `${name}=${value}; path=/; max-age=31536000; samesite=strict`;
}

// Scrolls the link of the view that is open, and each that gets the focus, into the visible part of a narrow header: browsers leave one
// that is half in sight where it is.
export function revealView() {
    const views = document.querySelector('header.bar nav');
    views.addEventListener('focusin', reveal);
    views.querySelector('.here')?.scrollIntoView({ block: 'nearest', inline: 'center' });
}

function reveal({ target }) {
    target.scrollIntoView({ block: 'nearest', inline: 'nearest' });
}

export function prefersDark() {
    return matchMedia('(prefers-color-scheme: dark)').matches;
}
