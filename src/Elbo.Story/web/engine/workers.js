// Starts a module of the page as a worker.
//
//   const worker = startWorker('engine/trainingWorker.js');     // its module sets self.onmessage; messages sent before it has are kept
//
// Over http it is a file. In the assembled page modules are blobs, and a page from a disk has no origin, so that a worker may not import
// the page's blobs: it gets the sources and makes blobs of its own.

export function startWorker(path) {
    if (!globalThis.elboModules)
        return new Worker(new URL(`../${path}`, import.meta.url), { type: 'module' });
    const address = URL.createObjectURL(new Blob([`(${bootstrap})()`], { type: 'text/javascript' }));
    const worker = new Worker(address);
    worker.postMessage(sourcesOf(path));
    return worker;
}

// modul[e] in the patterns: the page's own bootstrap replaces what reads as an import in every module, in this one too.

/** A module and all that it imports, each after what it imports, as [path, source]; the page keeps its modules in that order. */
function sourcesOf(path) {
    const scripts = document.querySelectorAll('script[data-module]');
    const all = new Map(Array.from(scripts, ({ dataset, textContent }) => [dataset.module, textContent]));
    const needed = new Set();
    const add = name => {
        needed.add(name);
        for (const [, imported] of all.get(name).matchAll(/'modul[e]:([^']+)'/g))
            add(imported);
    };
    add(path);
    return Array.from(all).filter(([name]) => needed.has(name));
}

/** Runs in the worker, from its source: it may use nothing of this module. */
function bootstrap() {
    const early = [];
    self.onmessage = ({ data }) => {
        self.onmessage = event => early.push(event);
        const addresses = {};
        for (const [name, source] of data) {
            const text = source.replace(/'modul[e]:([^']+)'/g, (_, imported) => `'${addresses[imported]}'`);
            addresses[name] = URL.createObjectURL(new Blob([text], { type: 'text/javascript' }));
        }
        import(addresses[data.at(-1)[0]]).then(() => early.forEach(event => self.onmessage(event)));
    };
}
