using System.Net;
using System.Net.Http.Headers;

namespace Elbo.Server.Tests;

/// <summary>Who is answered: Host, Origin, the token, and what needs none.</summary>
public class AccessTests(ServedModelsFixture served)
{
    public static TheoryData<string, string, string, int> Requests { get; } = new()
    {
        { "the token", "GET", "", 200 },
        { "the token in another case of the scheme", "GET", "Authorization: bearer {token}", 200 },
        { "no token", "GET", "Authorization:", 401 },
        { "a wrong token", "GET", "Authorization: Bearer AAAA", 401 },
        { "more than the token", "GET", "Authorization: Bearer {token}A", 401 },
        { "the token by another scheme", "GET", "Authorization: Basic {token}", 401 },
        { "another name", "GET", "Host: evil.example", 400 },
        { "another name with the port", "GET", "Host: evil.example:{port}", 400 },
        { "localhost without the port", "GET", "Host: localhost", 400 },
        { "a name that ends with localhost", "GET", "Host: evil.localhost:{port}", 400 },
        { "the loopback address", "GET", "Host: 127.0.0.1:{port}", 200 },
        { "its own page", "POST", "Origin: http://localhost:{port}\nSec-Fetch-Site: same-origin", 200 },
        { "another site", "POST", "Origin: http://evil.example\nSec-Fetch-Site: cross-site", 403 },
        { "another port of this machine", "POST", "Origin: http://localhost:1\nSec-Fetch-Site: same-site", 403 },
        { "a preflight request", "OPTIONS", "Origin: http://evil.example\nAccess-Control-Request-Method: POST", 403 },
        { "a verb that is not taken", "DELETE", "", 405 },
    };

    [Theory]
    [MemberData(nameof(Requests))]
    public async Task Each_request_is_accepted_or_refused(string description, string method, string headers, int status)
    {
        using var client = new HttpClient();
        var path = method == "POST" ? "v1/models/rows/sample" : "v1/models";
        using var request = new HttpRequestMessage(new(method), new Uri(served.Server.Address, path));
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {served.Server.Token}");
        foreach (var header in headers.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var (name, value) = (header[..header.IndexOf(':')], Filled(header[(header.IndexOf(':') + 1)..].Trim()));
            request.Headers.Remove(name);
            if (value.Length > 0)
                request.Headers.TryAddWithoutValidation(name, value);
        }

        if (method == "POST")
            request.Content = new StringContent("{}", new MediaTypeHeaderValue("application/json"));
        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.True(status == (int)response.StatusCode, $"{description}: {response.StatusCode}");
    }

    [Theory]
    [InlineData("health/live", 200)]
    [InlineData("health/ready", 200)]
    [InlineData("openapi/v1.json", 200)]
    [InlineData("", 200)]
    [InlineData("metrics", 401)]
    [InlineData("v1/models/cvae", 401)]
    [InlineData("V1/models", 401)]
    [InlineData("%76%31/models", 401)]
    public async Task Models_and_metrics_need_the_token_and_nothing_else_does(string path, int status)
    {
        using var client = new HttpClient();
        using var response = await client.GetAsync(new Uri(served.Server.Address, path), TestContext.Current.CancellationToken);
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
    }

    [Fact]
    public async Task A_host_that_was_given_is_answered_and_a_token_that_was_given_is_taken()
    {
        await using var server = await InferenceServer.StartAsync(
            new()
            {
                Models = new Dictionary<string, string> { ["m"] = served.FolderOf("rows") },
                Port = 0,
                Hosts = ["models.example"],
                Token = "a-token-of-mine-1",
            },
            TestContext.Current.CancellationToken);
        using var client = new HttpClient { BaseAddress = server.Address };
        client.DefaultRequestHeaders.Authorization = new("Bearer", "a-token-of-mine-1");
        foreach (var (host, status) in new[]
        {
            ("models.example", HttpStatusCode.OK), ("models.example:443", HttpStatusCode.OK), ("MODELS.example", HttpStatusCode.OK),
            ("models.example:x", HttpStatusCode.BadRequest), ("a.models.example", HttpStatusCode.BadRequest),
        })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "v1/models");
            request.Headers.TryAddWithoutValidation("Host", host);
            using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
            Assert.Equal((host, status), (host, response.StatusCode));
        }
    }

    [Fact]
    public async Task What_cannot_be_served_is_said_at_the_start()
    {
        Assert.Contains("no model to serve", (await Assert.ThrowsAsync<SettingsException>(() => Start([]))).Message);
        var models = new Dictionary<string, string> { ["m"] = served.FolderOf("rows") };
        Assert.Contains("less than 16", (await Assert.ThrowsAsync<SettingsException>(() => Start(models, "short"))).Message);
        var folder = Directory.CreateTempSubdirectory("elbo-server-empty-");
        try
        {
            Assert.Contains(
                "neither a run nor an export",
                (await Assert.ThrowsAsync<InputException>(() => Start(new() { ["m"] = folder.FullName }))).Message);
            foreach (var file in Directory.GetFiles(Path.Combine(served.FolderOf("rows"), "graphs")))
                File.Copy(file, Path.Combine(folder.FullName, Path.GetFileName(file)));
            // Its graphs name weights that are not here; and one of them is cut off.
            await Assert.ThrowsAsync<InputException>(() => Start(new() { ["m"] = folder.FullName }));
            File.WriteAllBytes(Path.Combine(folder.FullName, "score.onnx"), [8, 9, 200]);
            Assert.Contains(
                ".onnx", (await Assert.ThrowsAsync<InputException>(() => Start(new() { ["m"] = folder.FullName }))).Message);
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        static Task<InferenceServer> Start(Dictionary<string, string> models, string? token = null) =>
            InferenceServer.StartAsync(new() { Models = models, Port = 0, Token = token });
    }

    private string Filled(string text) => text.Replace("{port}", $"{served.Server.Port}").Replace("{token}", served.Server.Token);
}
