// Modules do not load from file://, so each becomes a blob. Their order is that of their imports: an imported module has its address
// already. A page of the studio names the file that texts and modules are in; a page on its own holds them.
(async () => {
    'use strict';
    const { code } = document.documentElement.dataset;
    if (code) {
        const response = await fetch(code);
        if (!response.ok)
            throw new Error(`The story is not there (${response.status}).`);
        document.body.insertAdjacentHTML('beforeend', await response.text());
    }
    const modules = {};
    for (const { dataset, textContent } of document.querySelectorAll('script[data-module]')) {
        const source = textContent.replace(/'module:([^']+)'/g, (_, path) => `'${modules[path]}'`);
        modules[dataset.module] = URL.createObjectURL(new Blob([source], { type: 'text/javascript' }));
    }
    globalThis.elboModules = modules;
    import(modules['shell/story.js']);
})();
