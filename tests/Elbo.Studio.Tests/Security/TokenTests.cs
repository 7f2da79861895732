using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Elbo.Studio.Tests;

/// <summary>How the token in the URL becomes a cookie, and what a visitor without the token sees.</summary>
public partial class TokenTests(RunningStudio studio) : IClassFixture<RunningStudio>
{
    [Fact]
    public async Task The_printed_address_sets_a_cookie_and_stores_the_key_and_opens_a_URL_without_the_token()
    {
        var response = await Open("/?token={token}");
        Assert.Equal(200, response.Status);
        Assert.Equal("/", TargetOf(response));
        var cookie = Assert.Single(
            response.Headers["Set-Cookie"], text => text.StartsWith(studio.Cookie + ";", StringComparison.Ordinal));
        string[] attributes = [.. cookie.Split("; ").Skip(1).Order()];
        Assert.Equal(["httponly", "path=/", "samesite=strict"], attributes);
        Assert.Equal("no-store", Assert.Single(response.Headers["Cache-Control"]));
        Assert.Contains($"localStorage.setItem(\"elbo-studio-key\", \"{studio.Key}\")", response.Body);
    }

    [Fact]
    public async Task The_token_the_cookie_and_the_key_are_three_secrets_and_only_the_token_leads_to_another()
    {
        string[] secrets = [studio.Server.Secrets.Token.Value, studio.Server.Secrets.Cookie.Value, studio.Key];
        Assert.Equal(3, secrets.Distinct().Count());
        Assert.All(secrets, secret => Assert.Equal(43, secret.Length));
        foreach (var path in new[] { "/", "/ledger", "/runs", "/?token=x", "/no-such-page", "/_blazor/initializers" })
        {
            var response = await Open(path, "Cookie: {cookie}");
            var text = response.Body + string.Join(' ', response.Headers.SelectMany(values => values));
            Assert.All(secrets, secret => Assert.DoesNotContain(secret, text));
        }
    }

    [Theory]
    [InlineData("/ledger?beta=4&token={token}&seed=7", "/ledger?beta=4&seed=7")]
    [InlineData("/ledger?token={token}", "/ledger")]
    [InlineData("/ledger?Token={token}", "/ledger")]
    [InlineData("/ledger?%74oken={token}&seed=1", "/ledger?seed=1")]
    [InlineData("//evil.example/?token={token}", "/")]
    [InlineData("//evil.example/a?token={token}&x=1", "/")]
    [InlineData("/%2fevil.example/?token={token}", "/%2fevil.example/")]
    [InlineData("/.//evil.example?token={token}", "/")]
    [InlineData("/\\evil.example?token={token}", "/%5Cevil.example")]
    [InlineData("/%5cevil.example?token={token}", "/%5Cevil.example")]
    [InlineData("/%09/evil.example?token={token}", "/%09/evil.example")]
    [InlineData("/x%0d%0aX-Evil:1?token={token}", "/x%0D%0AX-Evil:1")]
    public async Task A_link_with_the_token_redirects_to_the_same_path_without_it_and_never_to_another_host(string path, string target)
    {
        var response = await Open(path);
        Assert.Equal(200, response.Status);
        Assert.Equal(target, TargetOf(response));
        Assert.Empty(response.Headers["X-Evil"]);
    }

    [Fact]
    public async Task With_the_cookie_a_token_is_removed_from_the_URL_even_if_it_is_outdated()
    {
        var response = await Open("/ledger?token=of-an-earlier-start&picture=3&Token=x&%74oken=y", "Cookie: {cookie}");
        Assert.Equal(302, response.Status);
        Assert.Equal("/ledger?picture=3", Assert.Single(response.Headers["Location"]));
    }

    [Fact]
    public async Task A_copied_link_without_the_token_shows_what_to_open_and_is_opened_afterwards()
    {
        var locked = await Open("/ledger?beta=4&seed=7");
        Assert.Equal(401, locked.Status);
        Assert.Contains($"http://localhost:{studio.Port}/?token=", locked.Body);
        Assert.DoesNotContain(studio.Server.Secrets.Token.Value, locked.Body);
        var back = Assert.Single(locked.Headers["Set-Cookie"]);
        Assert.Contains("httponly", back);
        Assert.Contains("samesite=strict", back);

        var opened = await Open("/?token={token}", "Cookie: " + back.Split(';')[0]);
        Assert.Equal("/ledger?beta=4&seed=7", TargetOf(opened));
        Assert.Contains(opened.Headers["Set-Cookie"], text => text.StartsWith($"{back.Split('=')[0]}=;", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("http://evil.example/")]
    [InlineData("//evil.example/")]
    [InlineData("/\\evil.example/")]
    [InlineData("/%0d%0aX-Evil: 1")]
    [InlineData("ledger")]
    public async Task The_return_path_never_leads_to_another_host(string planted)
    {
        var opened = await Open("/?token={token}", $"Cookie: elbo-studio-return-{studio.Port}={Uri.EscapeDataString(planted)}");
        var target = TargetOf(opened);
        Assert.StartsWith("/", target);
        Assert.DoesNotMatch(@"^/[/\\]", target);
        Assert.Empty(opened.Headers["X-Evil"]);
    }

    [Fact]
    public async Task A_path_cannot_end_the_script_that_opens_it()
    {
        var response = await Open("/ledger?x=</script><script>alert(1)</script>&y='\"&token={token}");
        Assert.Equal("/ledger?x=</script><script>alert(1)</script>&y='\"", TargetOf(response));
        Assert.Single(Regex.Matches(response.Body, "</script"));
        Assert.DoesNotContain("alert(1)</", response.Body);
    }

    [Fact]
    public async Task A_request_that_is_not_a_page_navigation_gets_plain_text_and_no_cookie()
    {
        var response = await studio.Send("GET /ledger HTTP/1.1\nConnection: close\nHost: localhost:{port}\nAccept: */*\n\n");
        Assert.Equal(401, response.Status);
        Assert.Equal("text/plain", Assert.Single(response.Headers["Content-Type"]));
        Assert.Empty(response.Headers["Set-Cookie"]);
    }

    [Theory]
    [InlineData("en", "The studio is locked")]
    [InlineData("zh-CN,zh;q=0.9,en;q=0.8", "工作室已上锁")]
    [InlineData("fr", "The studio is locked")]
    [InlineData(";;;q=", "The studio is locked")]
    public async Task The_locked_page_is_in_the_language_of_the_browser(string accepted, string title)
    {
        var response = await Open("/ledger", "Accept-Language: " + accepted);
        var body = Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(response.Body));
        Assert.Equal(title, WebUtility.HtmlDecode(Title().Match(body).Groups[1].Value));
    }

    [Fact]
    public async Task A_link_from_another_site_is_reloaded_by_the_studio_because_the_browser_did_not_send_the_cookie()
    {
        var response = await Open("/ledger?beta=4&x=\"><script>", "Sec-Fetch-Site: cross-site");
        Assert.Equal(401, response.Status);
        Assert.Contains("http-equiv=\"refresh\"", response.Body);
        Assert.DoesNotContain("<script", response.Body);
        Assert.Empty(response.Headers["Set-Cookie"]);
    }

    [Fact]
    public async Task Each_start_has_its_own_long_token()
    {
        Assert.Equal(43, studio.Server.Secrets.Token.Value.Length);
        await using var other = await StudioServer.StartAsync(new StudioOptions { Roots = [], Port = 0 });
        Assert.NotEqual(studio.Server.Secrets.Token.Value, other.Secrets.Token.Value);
        Assert.NotEqual(studio.Port, other.Port);
    }

    private Task<RawResponse> Open(string path, string header = "X-None: none") => studio.Send(
        $"GET {path} HTTP/1.1\nConnection: close\nHost: localhost:{{port}}\nAccept: text/html\nSec-Fetch-Dest: document\n{header}\n\n");

    /// <summary>The path to which the page of a sign-in goes on.</summary>
    private static string TargetOf(RawResponse response) =>
        JsonSerializer.Deserialize<string>(Target().Match(response.Body).Groups[1].Value)!;

    [GeneratedRegex(@"location\.replace\((.*)\);")]
    private static partial Regex Target();

    [GeneratedRegex("<title>(.*)</title>")]
    private static partial Regex Title();
}
