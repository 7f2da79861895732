using System.Text.RegularExpressions;

namespace Elbo.Studio.Tests;

/// <summary>What a server on another port of this machine gets from the user's browser, and what it can do with that.</summary>
public class OtherPortTests(RunningStudio studio, TestBrowser browser) : BrowserTests(studio, browser), IClassFixture<RunningStudio>
{
    [Fact]
    public async Task A_server_on_another_port_receives_the_cookie_and_cannot_use_it()
    {
        await Open("runs");
        await using var other = new OtherServer();
        await Page.GotoAsync($"http://localhost:{other.Port}/");
        var received = Assert.Single(other.Requests, request => request.StartsWith("GET / ", StringComparison.Ordinal));
        // The browser sends the cookie to every port of the host: this test would prove nothing if it did not.
        var cookie = Regex.Match(received, "^Cookie: .*$", RegexOptions.Multiline | RegexOptions.IgnoreCase).Value;
        Assert.Contains(Studio.Cookie, cookie);
        Assert.All(other.Requests, request => Assert.DoesNotContain(Studio.Key, request));
        Assert.All(other.Requests, request => Assert.DoesNotContain(Studio.Server.Secrets.Token.Value, request));

        // A program that replays it gets the document, which is the same for everyone, and no connection.
        Assert.Equal(401, (await Studio.Send(Socket("", cookie))).Status);
        var replayed = cookie[(cookie.IndexOf(Studio.Cookie, StringComparison.Ordinal) + Studio.Cookie.IndexOf('=') + 1)..].Split(';')[0];
        Assert.Equal(401, (await Studio.Send(Socket($"?access_token={replayed.Trim()}", cookie))).Status);
        var negotiation = await Studio.Send(
            "POST /_blazor/negotiate?negotiateVersion=1 HTTP/1.1\nConnection: close\nContent-Length: 0\n"
            + $"Host: localhost:{{port}}\n{cookie}\n\n");
        Assert.Equal(401, negotiation.Status);
        var document = await Studio.Send($"GET /runs HTTP/1.1\nConnection: close\nHost: localhost:{{port}}\n{cookie}\n\n");
        Assert.Equal(200, document.Status);
        Assert.DoesNotContain(Studio.Key, document.Body);
        Assert.DoesNotContain(Path.GetFileName(Studio.Runs), document.Body);

        // A page of the other server has a storage of its own.
        Assert.Null(await Page.EvaluateAsync<string?>("localStorage.getItem('elbo-studio-key')"));
    }

    [Fact]
    public async Task A_page_without_the_key_says_what_to_open()
    {
        await WaitUntilLoaded(Page);
        await Page.EvaluateAsync("localStorage.clear()");
        await Page.GotoAsync("ledger");
        await Microsoft.Playwright.Assertions.Expect(Page.Locator("#no-access")).ToHaveTextAsync(Strings["Locked.NoKey"]);
        await Page.GotoAsync(Studio.Server.Address.ToString());
        await WaitUntilLoaded(Page);
    }

    private static string Socket(string query, string cookie) =>
        $"GET /_blazor{query} HTTP/1.1\nConnection: Upgrade, close\nUpgrade: websocket\nSec-WebSocket-Version: 13\n"
        + $"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\nHost: localhost:{{port}}\nOrigin: http://localhost:{{port}}\n{cookie}\n\n";
}
