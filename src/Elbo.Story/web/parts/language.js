// The words of a scene in the page's language, which the shell keeps in <html lang>.

export const language = () => (document.documentElement.lang.startsWith('zh') ? 'zh' : 'en');

export const wordsOf = table => table[language()];
