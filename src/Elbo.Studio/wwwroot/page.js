// What Blazor has no word for: the clipboard, and saving a picture that is on the page already.
// Whether it could be copied: a browser may refuse, and a page that came over plain HTTP from another machine has no clipboard.
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

// Cookies of the page's own switches; the server reads them when the page is opened again.
export function remember(name, value) {
    document.cookie = `${name}=${value}; path=/; max-age=31536000; samesite=strict`;
}
