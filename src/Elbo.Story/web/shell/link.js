// The state in the link: #scene=3&digit=12&lang=zh. The shell's own keys are scene, embed, lang and theme; the others belong to the scene,
// which validates them itself (parse). Nonsense falls back to what would be shown without it.

const own = ['scene', 'embed', 'lang', 'theme'];

export function readLink(sceneIds) {
    const values = new URLSearchParams(location.hash.slice(1));
    const asked = values.get('scene');
    const theme = values.get('theme');
    const lang = values.get('lang') ?? '';
    return {
        scene: asked === 'end' ? 'end' : sceneIds.find(id => String(id) === asked) ?? sceneIds[0],
        embed: values.get('embed') === '1',
        lang: /^zh/i.test(lang) ? 'zh' : /^en/i.test(lang) ? 'en' : null,
        theme: ['light', 'dark'].includes(theme) ? theme : null,
        raw: Object.fromEntries([...values].filter(([key]) => !own.includes(key))),
    };
}

export function linkTo(link, scene, state) {
    const values = new URLSearchParams({ scene });
    for (const key of ['lang', 'theme']) {
        if (link[key])
            values.set(key, link[key]);
    }
    if (link.embed)
        values.set('embed', '1');
    for (const [key, value] of Object.entries(state ?? {})) {
        if (value !== null && value !== undefined && value !== '')
            values.set(key, typeof value === 'number' ? String(Number(value.toFixed(3))) : value);
    }
    return `#${values}`;
}

let timer = 0;

/** Writes the link a moment after the last change: browsers refuse hundreds of entries a second. */
export function writeLink(link, scene, state) {
    clearTimeout(timer);
    const { hash } = location;
    timer = setTimeout(() => {
        // The reader may have followed a link meanwhile, whose event is still to come: it must not be overwritten.
        if (location.hash === hash)
            history.replaceState(null, '', linkTo(link, scene, state));
    }, 250);
}

export const forgetWrite = () => clearTimeout(timer);

// For parse functions of scenes.
export function clampedNumber(raw, low, high, fallback) {
    const value = raw === undefined || raw === '' ? NaN : Number(raw);
    return Number.isFinite(value) ? Math.min(high, Math.max(low, value)) : fallback;
}

export const clampedInteger = (raw, low, high, fallback) => Math.round(clampedNumber(raw, low, high, fallback));
