// What the reader chose: 'language' ('en' or 'zh') and 'theme' ('light' or 'dark'). A page on its own keeps both in its link. The studio's
// pages share them in cookies, whose names are in <html data-language-cookie="..." data-theme-cookie="...">.
//
//   setting('theme')             -> what the cookie says, or null
//   keep('theme', 'dark')        -> whether there is a cookie to keep it in; null forgets it

const nameOf = kind => document.documentElement.dataset[`${kind}Cookie`];
const allowed = { language: ['en', 'zh'], theme: ['light', 'dark'] };
const year = 31536000;

export function setting(kind) {
    const name = nameOf(kind);
    const value = name && document.cookie.split('; ').find(each => each.startsWith(`${name}=`))?.slice(name.length + 1);
    return allowed[kind].includes(value) ? value : null;
}

export function keep(kind, value) {
    const name = nameOf(kind);
    if (name)
        document.cookie = `${name}=${value ?? ''}; path=/; max-age=${value ? year : 0}; samesite=strict`;
    return Boolean(name);
}
