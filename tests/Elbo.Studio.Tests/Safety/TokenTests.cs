using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace Elbo.Studio.Tests;

/// <summary>How the token of an address becomes a cookie, and what who comes without it sees.</summary>
public partial class TokenTests(RunningStudio studio) : IClassFixture<RunningStudio>
{
    [Fact]
    public async Task The_address_that_is_printed_leads_to_a_page_without_the_token_and_leaves_a_cookie()
    {
        var answer = await Open("/?token={token}");
        Assert.Equal(302, answer.Status);
        Assert.Equal("/", Assert.Single(answer.Headers["Location"]));
        var cookie = Assert.Single(answer.Headers["Set-Cookie"], text => text.StartsWith($"elbo-studio-{studio.Port}={studio.Server.Token.Value};", StringComparison.Ordinal));
        string[] attributes = [.. cookie.Split("; ").Skip(1).Order()];
        Assert.Equal(["httponly", "path=/", "samesite=strict"], attributes);
        Assert.Equal("no-store", Assert.Single(answer.Headers["Cache-Control"]));
    }

    [Theory]
    [InlineData("/worlds?beta=4&token={token}&seed=7", "/worlds?beta=4&seed=7")]
    [InlineData("/worlds?token={token}", "/worlds")]
    [InlineData("/worlds?Token={token}", "/worlds")]
    [InlineData("/worlds?%74oken={token}&seed=1", "/worlds?seed=1")]
    [InlineData("//evil.example/?token={token}", "/")]
    [InlineData("//evil.example/a?token={token}&x=1", "/")]
    [InlineData("/%2fevil.example/?token={token}", "/%2fevil.example/")]
    [InlineData("/.//evil.example?token={token}", "/")]
    [InlineData("/\\evil.example?token={token}", "/%5Cevil.example")]
    [InlineData("/%5cevil.example?token={token}", "/%5Cevil.example")]
    [InlineData("/%09/evil.example?token={token}", "/%09/evil.example")]
    [InlineData("/x%0d%0aX-Evil:1?token={token}", "/x%0D%0AX-Evil:1")]
    public async Task A_link_with_the_token_leads_to_itself_without_it_and_never_elsewhere(string path, string target)
    {
        var answer = await Open(path);
        Assert.Equal(302, answer.Status);
        Assert.Equal(target, Assert.Single(answer.Headers["Location"]));
        Assert.Empty(answer.Headers["X-Evil"]);
    }

    [Fact]
    public async Task Who_is_let_in_already_loses_the_token_from_the_address_even_where_it_is_an_old_one()
    {
        var answer = await Open("/ledger?token=of-an-earlier-start&picture=3&Token=x&%74oken=y", "Cookie: {cookie}");
        Assert.Equal(302, answer.Status);
        Assert.Equal("/ledger?picture=3", Assert.Single(answer.Headers["Location"]));
    }

    [Fact]
    public async Task Who_opens_a_copied_link_is_told_what_to_open_and_comes_back_to_it()
    {
        var locked = await Open("/worlds?beta=4&seed=7");
        Assert.Equal(401, locked.Status);
        Assert.Contains($"http://localhost:{studio.Port}/?token=", locked.Body);
        Assert.DoesNotContain(studio.Server.Token.Value, locked.Body);
        var back = Assert.Single(locked.Headers["Set-Cookie"]);
        Assert.Contains("httponly", back);
        Assert.Contains("samesite=strict", back);

        var opened = await Open("/?token={token}", "Cookie: " + back.Split(';')[0]);
        Assert.Equal("/worlds?beta=4&seed=7", Assert.Single(opened.Headers["Location"]));
        Assert.Contains(opened.Headers["Set-Cookie"], text => text.StartsWith($"{back.Split('=')[0]}=;", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("http://evil.example/")]
    [InlineData("//evil.example/")]
    [InlineData("/\\evil.example/")]
    [InlineData("/%0d%0aX-Evil: 1")]
    [InlineData("worlds")]
    public async Task Where_one_comes_back_to_is_never_elsewhere(string planted)
    {
        var opened = await Open("/?token={token}", $"Cookie: elbo-studio-return-{studio.Port}={Uri.EscapeDataString(planted)}");
        var target = Assert.Single(opened.Headers["Location"]);
        Assert.StartsWith("/", target);
        Assert.DoesNotMatch(@"^/[/\\]", target);
        Assert.Empty(opened.Headers["X-Evil"]);
    }

    [Fact]
    public async Task What_no_person_reads_gets_one_line_and_no_cookie()
    {
        var answer = await studio.Send("GET /worlds HTTP/1.1\nConnection: close\nHost: localhost:{port}\nAccept: */*\n\n");
        Assert.Equal(401, answer.Status);
        Assert.Equal("text/plain", Assert.Single(answer.Headers["Content-Type"]));
        Assert.Empty(answer.Headers["Set-Cookie"]);
    }

    [Theory]
    [InlineData("en", "The studio is locked")]
    [InlineData("zh-CN,zh;q=0.9,en;q=0.8", "工作室已上锁")]
    [InlineData("fr", "The studio is locked")]
    [InlineData(";;;q=", "The studio is locked")]
    public async Task What_to_open_is_told_in_the_readers_language(string asked, string title)
    {
        var answer = await Open("/worlds", "Accept-Language: " + asked);
        var body = Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(answer.Body));
        Assert.Equal(title, WebUtility.HtmlDecode(Title().Match(body).Groups[1].Value));
    }

    [Fact]
    public async Task A_link_on_another_site_is_asked_for_again_by_the_studio_itself_since_the_browser_left_the_cookie_at_home()
    {
        var answer = await Open("/worlds?beta=4&x=\"><script>", "Sec-Fetch-Site: cross-site");
        Assert.Equal(401, answer.Status);
        Assert.Contains("http-equiv=\"refresh\"", answer.Body);
        Assert.DoesNotContain("<script", answer.Body);
        Assert.Empty(answer.Headers["Set-Cookie"]);
    }

    [Fact]
    public async Task Two_starts_have_two_tokens_and_each_is_long()
    {
        Assert.Equal(43, studio.Server.Token.Value.Length);
        await using var other = await StudioServer.StartAsync(new StudioOptions { Roots = [], Port = 0 });
        Assert.NotEqual(studio.Server.Token.Value, other.Token.Value);
        Assert.NotEqual(studio.Port, other.Port);
    }

    private Task<RawAnswer> Open(string path, string header = "X-None: none") => studio.Send(
        $"GET {path} HTTP/1.1\nConnection: close\nHost: localhost:{{port}}\nAccept: text/html\nSec-Fetch-Dest: document\n{header}\n\n");

    [GeneratedRegex("<title>(.*)</title>")]
    private static partial Regex Title();
}
