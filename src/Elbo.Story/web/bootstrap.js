// Modules do not load from file://, so each becomes a blob. Their order is that of their imports: an imported module has its address already.
(() => {
    'use strict';
    const modules = {};
    for (const { dataset, textContent } of document.querySelectorAll('script[data-module]')) {
        const source = textContent.replace(/'module:([^']+)'/g, (_, path) => `'${modules[path]}'`);
        modules[dataset.module] = URL.createObjectURL(new Blob([source], { type: 'text/javascript' }));
    }
    globalThis.elboModules = modules;
    import(modules['shell/story.js']);
})();
