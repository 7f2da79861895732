// Starts a module of the page as a worker. In the assembled page modules are blobs, and the bootstrap's table says which; over http they
// are files.

export function startWorker(path) {
    const address = globalThis.elboModules?.[path] ?? globalThis.elboModules?.get?.(path) ?? new URL(`../${path}`, import.meta.url);
    return new Worker(address, { type: 'module' });
}
