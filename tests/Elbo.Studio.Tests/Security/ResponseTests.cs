namespace Elbo.Studio.Tests;

/// <summary>The security headers of every response, and which files can be requested.</summary>
public class ResponseTests(RunningStudio studio) : IClassFixture<RunningStudio>
{
    [Theory]
    [InlineData("GET /ledger", "Cookie: {cookie}", 200)]
    [InlineData("HEAD /_content/Elbo.Studio/plane.js", "Cookie: {cookie}", 200)]
    [InlineData("GET /no-such-page", "Cookie: {cookie}", 404)]
    [InlineData("GET /_content/Elbo.Studio/plane.js", "Cookie: {cookie}", 200)]
    [InlineData("GET /_framework/blazor.web.js", "Cookie: {cookie}", 200)]
    [InlineData("GET /ledger", "Accept: text/html", 401)]
    [InlineData("GET /ledger", "Accept: text/plain", 401)]
    [InlineData("GET /?token={token}", "Accept: text/html", 200)]
    [InlineData("POST /ledger", "Origin: http://evil.example\nCookie: {cookie}", 403)]
    [InlineData("POST /ledger", "Content-Length: 99999999\nCookie: {cookie}", 413)]
    [InlineData(
        "OPTIONS /_blazor/negotiate",
        "Origin: http://localhost:{port}\nAccess-Control-Request-Method: POST\nCookie: {cookie}\nAuthorization: Bearer {key}",
        405)]
    [InlineData(
        "POST /_blazor/negotiate?negotiateVersion=1",
        "Origin: http://localhost:{port}\nContent-Length: 0\nCookie: {cookie}\nAuthorization: Bearer {key}",
        200)]
    public async Task Every_response_has_the_security_headers(string line, string headers, int status)
    {
        var response = await studio.Send($"{line} HTTP/1.1\nConnection: close\nHost: localhost:{{port}}\n{headers}\n\n");
        Assert.Equal(status, response.Status);
        AssertSecurityHeaders(response);
        Assert.Equal(
            new Dictionary<string, string>
            {
                ["default-src"] = "'self'",
                ["style-src"] = "'self' 'unsafe-inline'",
                ["img-src"] = "'self' data: blob:",
                ["connect-src"] = $"'self' ws://localhost:{studio.Port}",
                ["object-src"] = "'none'",
                ["frame-src"] = "'none'",
                ["frame-ancestors"] = "'none'",
                ["base-uri"] = "'self'",
                ["form-action"] = "'self'",
            },
            Policy(response).Where(pair => pair.Key != "script-src").ToDictionary());
        Assert.Matches("^'self' 'nonce-[A-Za-z0-9+/]{22}=='$", Policy(response)["script-src"]);
    }

    [Theory]
    [InlineData("GET /ledger", "Host: evil.example", 400)]
    [InlineData("GET /ledger", "Host:", 400)]
    [InlineData("GET /_blazor", "Host: localhost:{port}\nOrigin: http://evil.example\nConnection: Upgrade\nUpgrade: websocket", 403)]
    [InlineData("POST /ledger", "Host: localhost:{port}\nTransfer-Encoding: chunked", 411)]
    [InlineData("GET /_blazor?id=1", "Host: localhost:{port}\nCookie: {cookie}", 401)]
    [InlineData("DELETE /ledger", "Host: localhost:{port}\nCookie: {cookie}", 405)]
    public async Task A_request_that_is_refused_before_routing_is_answered_with_the_security_headers(
        string line, string headers, int status)
    {
        var response = await studio.Send($"{line} HTTP/1.1\nConnection: close\n{headers}\n\n");
        Assert.Equal(status, response.Status);
        AssertSecurityHeaders(response);
        Assert.Equal("'none'", Policy(response)["frame-ancestors"]);
    }

    // These answers are Kestrel's own, made before any code of the studio runs.
    [Theory]
    [InlineData("nonsense\n\n", 400)]
    [InlineData("GET /ledger HTTP/1.1\n\n", 400)]
    [InlineData("GET /ledger HTTP/1.1\nHost: a\nHost: b\n\n", 400)]
    [InlineData("GET /ledger HTTP/1.1\nHost: localhost\nX Y: z\n\n", 400)]
    [InlineData("GET /ledger HTTP/9.9\nHost: localhost\n\n", 505)]
    public async Task A_malformed_request_is_answered_with_a_status_alone(string request, int status)
    {
        var response = await studio.Send(request);
        Assert.Equal((status, ""), (response.Status, response.Body));
        Assert.Empty(response.Headers["Server"]);
        Assert.Equal(
            ["Connection", "Content-Length", "Date"], response.Headers.Select(header => header.Key).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_refused_Host_is_not_echoed()
    {
        var response = await studio.Send("GET / HTTP/1.1\nConnection: close\nHost: evil.example;script-src\n\n");
        Assert.Equal(400, response.Status);
        Assert.DoesNotContain("evil.example", response.Body + string.Concat(response.Headers.SelectMany(values => values)));
    }

    [Fact]
    public async Task Every_response_has_another_nonce()
    {
        var responses = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Get("/ledger")));
        Assert.Equal(3, responses.Select(response => Policy(response)["script-src"]).Distinct().Count());
    }

    [Fact]
    public async Task A_page_is_not_cached_and_refers_to_no_other_machine()
    {
        var response = await Get("/ledger");
        Assert.Contains("no-store", Assert.Single(response.Headers["Cache-Control"]));
        Assert.DoesNotMatch("(src|href|action)=\"?(https?:)?//", response.Body);
        Assert.DoesNotContain(studio.Server.Secrets.Token.Value, response.Body);
        Assert.DoesNotContain(studio.Key, response.Body);
    }

    [Theory]
    [InlineData("/../models/kl-1/config.json")]
    [InlineData("/../../../../../../../../etc/passwd")]
    [InlineData("/%2e%2e/models/kl-1/config.json")]
    [InlineData("/%2e%2e%2fmodels%2fkl-1%2fconfig.json")]
    [InlineData("/..%5cmodels%5ckl-1%5cconfig.json")]
    [InlineData("/..\\models\\kl-1\\config.json")]
    [InlineData("/_content/../models/kl-1/config.json")]
    [InlineData("/_content/Elbo.Studio/../../models/kl-1/config.json")]
    [InlineData("/_content/Elbo.Studio/%2e%2e/%2e%2e/models/kl-1/config.json")]
    [InlineData("/_content/Elbo.Studio/..%2f..%2fmodels/kl-1/config.json")]
    [InlineData("/_content/Elbo.Studio/....//models/kl-1/config.json")]
    [InlineData("/_content/Elbo.Studio/../StudioServer.cs")]
    [InlineData("/_framework/../models/kl-1/config.json")]
    [InlineData("/_framework/%252e%252e/models/kl-1/config.json")]
    [InlineData("/models/kl-1/config.json")]
    [InlineData("/models/kl-1/weights.safetensors")]
    [InlineData("/wwwroot/../models/kl-1/config.json")]
    [InlineData("//etc/passwd")]
    [InlineData("/etc/passwd")]
    [InlineData("/file:///etc/passwd")]
    [InlineData("/Elbo.Studio.dll")]
    [InlineData("/Elbo.Studio.Tests.deps.json")]
    [InlineData("/Elbo.Studio.Tests.staticwebassets.endpoints.json")]
    [InlineData("/Elbo.Studio.Tests.staticwebassets.runtime.json")]
    [InlineData("/_content/Elbo.Studio/plane.js%00.css")]
    [InlineData("/_content/Elbo.Studio/")]
    [InlineData("/_content/")]
    public async Task No_path_leads_to_a_file_outside_the_static_assets(string path)
    {
        var response = await Get(path);
        Assert.Contains(response.Status, new[] { 400, 404 });
        Assert.DoesNotContain("latentSize", response.Body);
        Assert.DoesNotContain("root:", response.Body);
        Assert.DoesNotContain("namespace", response.Body);
    }

    private static void AssertSecurityHeaders(RawResponse response)
    {
        Assert.Equal("nosniff", Assert.Single(response.Headers["X-Content-Type-Options"]));
        Assert.Equal("no-referrer", Assert.Single(response.Headers["Referrer-Policy"]));
        Assert.Equal("DENY", Assert.Single(response.Headers["X-Frame-Options"]));
        Assert.Equal("same-origin", Assert.Single(response.Headers["Cross-Origin-Opener-Policy"]));
        Assert.Equal("same-origin", Assert.Single(response.Headers["Cross-Origin-Resource-Policy"]));
        Assert.DoesNotContain(response.Headers, header => header.Key.StartsWith("Access-Control-", StringComparison.OrdinalIgnoreCase));
        Assert.Empty(response.Headers["Server"]);
        Assert.Empty(response.Headers["X-Powered-By"]);
    }

    private static Dictionary<string, string> Policy(RawResponse response) => Assert.Single(response.Headers["Content-Security-Policy"])
        .Split("; ").Select(part => part.Split(' ', 2)).ToDictionary(part => part[0], part => part[1]);

    private Task<RawResponse> Get(string path) => studio.Send(
        $"GET {path} HTTP/1.1\nConnection: close\nHost: localhost:{{port}}\nAccept: text/html\nCookie: {{cookie}}\n\n");
}
