// Opens the page's connection with the key that signing in stored for this origin. A server on another port of this host receives the
// cookie, but never this key: the storage belongs to scheme, host and port.
(() => {
    let key = null;
    try {
        key = localStorage.getItem('elbo-studio-key');
    } catch {
        // The browser keeps no storage for this page.
    }
    if (!key) {
        document.getElementById('no-access').hidden = false;
        // The views, which name themselves, do not come.
        document.title = 'Elbo';
        return;
    }
    const address = new URL('_blazor', document.baseURI).href;
    Blazor.start({ circuit: { configureSignalR: builder => builder.withUrl(address, { accessTokenFactory: () => key }) } });
})();
