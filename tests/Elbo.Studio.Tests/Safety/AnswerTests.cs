namespace Elbo.Studio.Tests;

/// <summary>What every answer says to the browser, and which files there are.</summary>
public class AnswerTests(RunningStudio studio) : IClassFixture<RunningStudio>
{
    [Theory]
    [InlineData("GET /worlds", "Cookie: {cookie}", 200)]
    [InlineData("HEAD /_content/Elbo.Studio/plane.js", "Cookie: {cookie}", 200)]
    [InlineData("GET /no-such-page", "Cookie: {cookie}", 404)]
    [InlineData("GET /_content/Elbo.Studio/plane.js", "Cookie: {cookie}", 200)]
    [InlineData("GET /_framework/blazor.web.js", "Cookie: {cookie}", 200)]
    [InlineData("GET /worlds", "Accept: text/html", 401)]
    [InlineData("GET /worlds", "Accept: text/plain", 401)]
    [InlineData("GET /?token={token}", "Accept: text/html", 302)]
    [InlineData("POST /worlds", "Origin: http://evil.example\nCookie: {cookie}", 403)]
    [InlineData("POST /worlds", "Content-Length: 99999999\nCookie: {cookie}", 413)]
    [InlineData("OPTIONS /_blazor/negotiate", "Origin: http://localhost:{port}\nAccess-Control-Request-Method: POST\nCookie: {cookie}", 405)]
    [InlineData("POST /_blazor/negotiate?negotiateVersion=1", "Origin: http://localhost:{port}\nContent-Length: 0\nCookie: {cookie}", 200)]
    public async Task Every_answer_tells_the_browser_what_not_to_do(string line, string headers, int status)
    {
        var answer = await studio.Send($"{line} HTTP/1.1\nConnection: close\nHost: localhost:{{port}}\n{headers}\n\n");
        Assert.Equal(status, answer.Status);
        AssertIsGuarded(answer);
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
            Policy(answer).Where(pair => pair.Key != "script-src").ToDictionary());
        Assert.Matches("^'self' 'nonce-[A-Za-z0-9+/]{22}=='$", Policy(answer)["script-src"]);
    }

    [Fact]
    public async Task A_Host_that_is_refused_is_refused_with_the_same_headers_and_not_repeated()
    {
        var answer = await studio.Send("GET / HTTP/1.1\nConnection: close\nHost: evil.example;script-src\n\n");
        Assert.Equal(400, answer.Status);
        Assert.DoesNotContain("evil.example", answer.Body + string.Concat(answer.Headers.SelectMany(values => values)));
    }

    [Fact]
    public async Task The_number_used_once_is_used_once()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Get("/worlds")));
        Assert.Equal(3, answers.Select(answer => Policy(answer)["script-src"]).Distinct().Count());
    }

    [Fact]
    public async Task A_page_is_kept_by_no_cache_and_names_no_other_machine()
    {
        var answer = await Get("/worlds");
        Assert.Contains("no-store", Assert.Single(answer.Headers["Cache-Control"]));
        Assert.DoesNotMatch("(src|href|action)=\"?(https?:)?//", answer.Body);
        Assert.DoesNotContain(studio.Server.Token.Value, answer.Body);
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
    public async Task No_path_leads_to_a_file_that_is_not_a_page_s_own(string path)
    {
        var answer = await Get(path);
        Assert.Contains(answer.Status, new[] { 400, 404 });
        Assert.DoesNotContain("latentSize", answer.Body);
        Assert.DoesNotContain("root:", answer.Body);
        Assert.DoesNotContain("namespace", answer.Body);
    }

    private static void AssertIsGuarded(RawAnswer answer)
    {
        Assert.Equal("nosniff", Assert.Single(answer.Headers["X-Content-Type-Options"]));
        Assert.Equal("no-referrer", Assert.Single(answer.Headers["Referrer-Policy"]));
        Assert.Equal("DENY", Assert.Single(answer.Headers["X-Frame-Options"]));
        Assert.Equal("same-origin", Assert.Single(answer.Headers["Cross-Origin-Opener-Policy"]));
        Assert.Equal("same-origin", Assert.Single(answer.Headers["Cross-Origin-Resource-Policy"]));
        Assert.DoesNotContain(answer.Headers, header => header.Key.StartsWith("Access-Control-", StringComparison.OrdinalIgnoreCase));
        Assert.Empty(answer.Headers["Server"]);
        Assert.Empty(answer.Headers["X-Powered-By"]);
    }

    private static Dictionary<string, string> Policy(RawAnswer answer) => Assert.Single(answer.Headers["Content-Security-Policy"])
        .Split("; ").Select(part => part.Split(' ', 2)).ToDictionary(part => part[0], part => part[1]);

    private Task<RawAnswer> Get(string path) => studio.Send(
        $"GET {path} HTTP/1.1\nConnection: close\nHost: localhost:{{port}}\nAccept: text/html\nCookie: {{cookie}}\n\n");
}
