// Light, dark, or what the device prefers.

import { themeChanged } from '../parts/theme.js';

const prefersDark = matchMedia('(prefers-color-scheme: dark)');
let chosen = null;

function apply() {
    document.documentElement.dataset.theme = chosen ?? (prefersDark.matches ? 'dark' : 'light');
    themeChanged();
}

export function setTheme(theme) {
    chosen = theme;
    apply();
}

export const nextTheme = () => ({ null: 'light', light: 'dark', dark: null })[chosen];

prefersDark.addEventListener('change', apply);
