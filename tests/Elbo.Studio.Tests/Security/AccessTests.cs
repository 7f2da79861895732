namespace Elbo.Studio.Tests;

/// <summary>Which requests are accepted and which are refused, sent to the real server over sockets.</summary>
public class AccessTests(RunningStudio studio) : IClassFixture<RunningStudio>
{
    private const string Own = "Host: localhost:{port}";
    private const string SignedIn = Own + "\nCookie: {cookie}";
    private const string OwnOrigin = SignedIn + "\nOrigin: http://localhost:{port}";
    private const string Connected = SignedIn + "\nAuthorization: Bearer {key}";
    private const string Browser = "Accept: text/html\nSec-Fetch-Dest: document\nSec-Fetch-Mode: navigate\n";
    private const string Socket = "GET /_blazor HTTP/1.1\nConnection: Upgrade, close\nUpgrade: websocket\nSec-WebSocket-Version: 13\n"
        + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\n";
    private const string Negotiation = "POST /_blazor/negotiate?negotiateVersion=1 HTTP/1.1\nConnection: close\nContent-Length: 0\n";

    public static TheoryData<string, string, int> Requests { get; } = new()
    {
        // The Host header: a foreign domain that points to this machine still appears here under its own name.
        { "localhost", Page(SignedIn), 200 },
        { "localhost in capitals", Page("Host: LocalHost:{port}\nCookie: {cookie}"), 200 },
        { "the address of the machine itself", Page("Host: 127.0.0.1:{port}\nCookie: {cookie}"), 200 },
        { "the same in IPv6", Page("Host: [::1]:{port}\nCookie: {cookie}"), 200 },
        { "another name", Page("Host: evil.example\nCookie: {cookie}"), 400 },
        { "another name with the studio's port", Page("Host: evil.example:{port}\nCookie: {cookie}"), 400 },
        { "a name that starts with localhost", Page("Host: localhost.evil.example:{port}\nCookie: {cookie}"), 400 },
        { "a name that ends with localhost", Page("Host: evil.localhost:{port}\nCookie: {cookie}"), 400 },
        { "localhost with a trailing dot", Page("Host: localhost.:{port}\nCookie: {cookie}"), 400 },
        { "localhost with another port", Page("Host: localhost:1\nCookie: {cookie}"), 400 },
        { "localhost without a port", Page("Host: localhost\nCookie: {cookie}"), 400 },
        { "a user before the name", Page("Host: localhost:{port}@evil.example\nCookie: {cookie}"), 400 },
        { "the wildcard address", Page("Host: 0.0.0.0:{port}\nCookie: {cookie}"), 400 },
        { "this machine's address as one number", Page("Host: 2130706433:{port}\nCookie: {cookie}"), 400 },
        { "an empty Host", Page("Host:\nCookie: {cookie}"), 400 },
        { "no Host", Page("Cookie: {cookie}"), 400 },
        { "no Host, in HTTP 1.0", "GET /ledger HTTP/1.0\nCookie: {cookie}\n\n", 400 },
        { "two Hosts, the valid one first", Page("Host: localhost:{port}\nHost: evil.example\nCookie: {cookie}"), 400 },
        { "two Hosts, the valid one last", Page("Host: evil.example\nHost: localhost:{port}\nCookie: {cookie}"), 400 },
        { "two names in one Host", Page("Host: localhost:{port}, evil.example\nCookie: {cookie}"), 400 },
        { "another name in the request line", $"GET http://evil.example/ledger HTTP/1.1\nConnection: close\n{SignedIn}\n\n", 400 },
        { "another name in a forwarding header", Page(SignedIn + "\nX-Forwarded-Host: evil.example\nForwarded: host=evil.example"), 200 },

        // The token.
        { "no token", Page(Own), 401 },
        { "a wrong token", Page(Own + "\nCookie: elbo-studio-{port}=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"), 401 },
        { "half of the token", Page(Own + "\nCookie: {cookie}x"), 401 },
        { "an empty token", Page(Own + "\nCookie: elbo-studio-{port}="), 401 },
        { "the token in the cookie of another port", Page(Own + "\nCookie: elbo-studio-1={token}"), 401 },
        { "a wrong token in the address", $"GET /ledger?token=wrong HTTP/1.1\nConnection: close\n{Own}\n\n", 401 },
        { "two tokens in the address", $"GET /ledger?token=wrong&token={{token}} HTTP/1.1\nConnection: close\n{Own}\n\n", 401 },
        { "the right token in the address", $"GET /ledger?token={{token}} HTTP/1.1\nConnection: close\n{Own}\n\n", 200 },
        {
            "the token in the address of a POST request",
            $"POST /_blazor/negotiate?token={{token}} HTTP/1.1\nConnection: close\n{Own}\nContent-Length: 0\n\n",
            401
        },
        { "the token as a header", Page(Own + "\nAuthorization: Bearer {token}"), 401 },
        { "a static file without the token", $"GET /_content/MudBlazor/MudBlazor.min.css HTTP/1.1\nConnection: close\n{Own}\n\n", 401 },
        { "a static file with the token", $"GET /_content/MudBlazor/MudBlazor.min.css HTTP/1.1\nConnection: close\n{SignedIn}\n\n", 200 },
        { "the script without the token", $"GET /_framework/blazor.web.js HTTP/1.1\nConnection: close\n{Own}\n\n", 401 },
        { "the script with the token", $"GET /_framework/blazor.web.js HTTP/1.1\nConnection: close\n{SignedIn}\n\n", 200 },
        {
            "a program that is not a browser, with the token",
            $"GET /ledger HTTP/1.1\nConnection: close\n{SignedIn}\nUser-Agent: curl/8\nAccept: */*\n\n",
            200
        },
        {
            "a program that is not a browser, without the token",
            $"GET /ledger HTTP/1.1\nConnection: close\n{Own}\nUser-Agent: curl/8\nAccept: */*\n\n",
            401
        },

        // The cookie alone: what a server on another port of this host receives from the browser.
        { "the document with the cookie alone", Page(SignedIn), 200 },
        { "negotiate with the cookie alone", $"{Negotiation}{SignedIn}\n\n", 401 },
        { "a WebSocket with the cookie alone", $"{Socket}{OwnOrigin}\n\n", 401 },
        { "a WebSocket with the cookie as key", $"{WithKey("{cookie}")}{OwnOrigin}\n\n", 401 },
        { "a WebSocket with the token as key", $"{WithKey("{token}")}{OwnOrigin}\n\n", 401 },
        { "a WebSocket with the key alone", $"{WithKey("{key}")}{Own}\nOrigin: http://localhost:{{port}}\n\n", 401 },
        { "a WebSocket with more than the key", $"{WithKey("{key}x")}{OwnOrigin}\n\n", 401 },
        { "a WebSocket with two keys", $"{WithKey("{key}&access_token=x")}{OwnOrigin}\n\n", 401 },
        { "a WebSocket with the key in its address", $"{WithKey("{key}")}{OwnOrigin}\n\n", 101 },
        { "a WebSocket to a page with the cookie alone", $"{Socket.Replace("/_blazor", "/ledger")}{OwnOrigin}\n\n", 401 },
        { "long polling with the cookie alone", $"GET /_blazor?id=1 HTTP/1.1\nConnection: close\n{SignedIn}\n\n", 401 },
        { "the same in capitals", $"GET /_BLAZOR?id=1 HTTP/1.1\nConnection: close\n{SignedIn}\n\n", 401 },
        { "the same with an escaped letter", $"GET /%5Fblazor?id=1 HTTP/1.1\nConnection: close\n{SignedIn}\n\n", 401 },
        { "the same with another path", $"GET /x/../_blazor/?id=1 HTTP/1.1\nConnection: close\n{SignedIn}\n\n", 401 },
        { "sending with the cookie alone", $"POST /_blazor?id=1 HTTP/1.1\nConnection: close\n{SignedIn}\nContent-Length: 0\n\n", 401 },
        { "ending with the cookie alone", $"DELETE /_blazor?id=1 HTTP/1.1\nConnection: close\n{SignedIn}\n\n", 401 },
        { "the list of scripts with the cookie alone", $"GET /_blazor/initializers HTTP/1.1\nConnection: close\n{SignedIn}\n\n", 200 },
        { "an outdated token with the cookie", $"GET /ledger?token=old HTTP/1.1\nConnection: close\n{SignedIn}\n\n", 302 },

        // Requests that change something or open a page's connection are accepted from the studio's own pages only.
        { "negotiate from its own page", Negotiate("Origin: http://localhost:{port}\nSec-Fetch-Site: same-origin"), 200 },
        { "negotiate without the cookie", $"{Negotiation}{Own}\nOrigin: http://localhost:{{port}}\nSec-Fetch-Site: same-origin\n\n", 401 },
        { "negotiate from a program that is not a browser", Negotiate(""), 200 },
        { "negotiate from another site", Negotiate("Origin: http://evil.example\nSec-Fetch-Site: cross-site"), 403 },
        { "negotiate from another site, by a browser without Sec-Fetch-Site", Negotiate("Origin: http://evil.example"), 403 },
        { "negotiate from another port of this machine", Negotiate("Origin: http://localhost:1\nSec-Fetch-Site: same-site"), 403 },
        { "the same, by a browser without Sec-Fetch-Site", Negotiate("Origin: http://localhost:1"), 403 },
        { "negotiate from the same port in another scheme", Negotiate("Origin: https://localhost:{port}\nSec-Fetch-Site: same-site"), 403 },
        { "negotiate from an opaque origin", Negotiate("Origin: null\nSec-Fetch-Site: cross-site"), 403 },
        { "negotiate from an opaque origin, by a browser without Sec-Fetch-Site", Negotiate("Origin: null"), 403 },
        { "negotiate with an empty origin", Negotiate("Origin:"), 403 },
        { "negotiate with two origins", Negotiate("Origin: http://localhost:{port}\nOrigin: http://evil.example"), 403 },
        {
            "negotiate from its own origin, but another site",
            Negotiate("Origin: http://localhost:{port}\nSec-Fetch-Site: cross-site"),
            403
        },
        { "negotiate by a browser that omits the origin", Negotiate("Sec-Fetch-Site: same-site"), 403 },
        { "negotiate typed into the address bar", Negotiate("Sec-Fetch-Site: none"), 403 },
        { "negotiate from this machine by its other name", Negotiate("Origin: http://127.0.0.1:{port}\nSec-Fetch-Site: cross-site"), 403 },
        {
            "a form from another site",
            $"POST /ledger HTTP/1.1\nConnection: close\n{SignedIn}\nOrigin: http://evil.example\nContent-Length: 0\n\n",
            403
        },
        {
            "a page's disconnect request, sent by another site",
            $"POST /_blazor/disconnect HTTP/1.1\nConnection: close\n{SignedIn}\nOrigin: http://evil.example\nContent-Length: 0\n\n",
            403
        },
        {
            "a preflight request of another site",
            $"OPTIONS /_blazor/negotiate HTTP/1.1\nConnection: close\n{Connected}\nOrigin: http://evil.example\n"
                + "Access-Control-Request-Method: POST\n\n",
            403
        },
        {
            "long polling for a page's events, from another site",
            $"GET /_blazor?id=1 HTTP/1.1\nConnection: close\n{SignedIn}\nOrigin: http://evil.example\n\n",
            403
        },
        { "a page with another verb", $"DELETE /ledger HTTP/1.1\nConnection: close\n{SignedIn}\n\n", 405 },

        // WebSockets: browsers open one to another site without a preflight request.
        { "a WebSocket from its own page", $"{Socket}{Connected}\nOrigin: http://localhost:{{port}}\n\n", 101 },
        {
            "a WebSocket from its own page by the machine's address",
            $"{Socket}Host: 127.0.0.1:{{port}}\nCookie: {{cookie}}\nAuthorization: Bearer {{key}}\nOrigin: http://127.0.0.1:{{port}}\n\n",
            101
        },
        { "a WebSocket without the token", $"{Socket}{Own}\nOrigin: http://localhost:{{port}}\n\n", 401 },
        {
            "a WebSocket with the token in its address",
            $"{Socket.Replace("/_blazor", "/_blazor?token={token}")}{Own}\nOrigin: http://localhost:{{port}}\n\n",
            401
        },
        { "a WebSocket from another site", $"{Socket}{Connected}\nOrigin: http://evil.example\n\n", 403 },
        {
            "a WebSocket from another port of this machine",
            $"{Socket}{Connected}\nOrigin: http://localhost:1\nSec-Fetch-Site: same-site\n\n",
            403
        },
        { "a WebSocket from an opaque origin", $"{Socket}{Connected}\nOrigin: null\n\n", 403 },
        { "a WebSocket without an origin", $"{Socket}{Connected}\n\n", 403 },
        {
            "a WebSocket to another host name",
            $"{Socket}Host: evil.example:{{port}}\nCookie: {{cookie}}\nOrigin: http://evil.example:{{port}}\n\n",
            400
        },
        { "a WebSocket to a page", $"{Socket.Replace("/_blazor", "/ledger")}{Connected}\nOrigin: http://evil.example\n\n", 403 },

        // Size limits of a request.
        {
            "a body that is declared too large",
            $"POST /ledger HTTP/1.1\nConnection: close\n{SignedIn}\nContent-Length: 65537\n\n{new string('x', 65537)}",
            413
        },
        {
            "the same without the token",
            $"POST /ledger HTTP/1.1\nConnection: close\n{Own}\nContent-Length: 65537\n\n{new string('x', 65537)}",
            413
        },
        {
            "a body that is declared huge",
            $"POST /_blazor/negotiate HTTP/1.1\nConnection: close\n{SignedIn}\nContent-Length: 999999999999\n\n",
            413
        },
        {
            "a body without a declared length",
            $"POST /ledger HTTP/1.1\nConnection: close\n{SignedIn}\nTransfer-Encoding: chunked\n\n{Chunks(80)}",
            411
        },
        {
            "the same where no handler reads the body",
            $"POST /_blazor/negotiate HTTP/1.1\nConnection: close\n{SignedIn}\nTransfer-Encoding: chunked\n\n{Chunks(80)}",
            411
        },
        {
            "a body with two contradicting lengths",
            $"POST /ledger HTTP/1.1\nConnection: close\n{SignedIn}\nContent-Length: 1\nTransfer-Encoding: chunked\n\n{Chunks(80)}",
            411
        },
        { "headers that are too large", Page(SignedIn + "\nX-Long: " + new string('x', 40_000)), 431 },
    };

    [Theory]
    [MemberData(nameof(Requests))]
    public async Task Each_request_is_accepted_or_refused(string description, string request, int status)
    {
        var response = await studio.Send(request);
        Assert.True(response.Status == status, $"{description}: {response.Status} instead of {status}.\n{response.Body}");
    }

    private static string Page(string headers) => $"GET /ledger HTTP/1.1\nConnection: close\n{Browser}{headers}\n\n";

    private static string Negotiate(string origin) => $"{Negotiation}{Connected}\n{origin}{(origin.Length > 0 ? "\n" : "")}\n";

    private static string WithKey(string key) => Socket.Replace("/_blazor", $"/_blazor?access_token={key}");

    private static string Chunks(int count) => string.Concat(Enumerable.Repeat($"400\n{new string('x', 1024)}\n", count)) + "0\n\n";
}
