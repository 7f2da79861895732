using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using Elbo.Story;
using Microsoft.Extensions.DependencyInjection;

namespace Elbo.Studio.Tests;

/// <summary>The requests of the story's page, and the compression of all that pages load.</summary>
public partial class StoryRequestTests(RunningStudio studio) : IClassFixture<RunningStudio>
{
    [Fact]
    public async Task The_page_has_a_policy_of_its_own_and_is_not_stored()
    {
        using var response = await Send("/");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var policy = Assert.Single(response.Headers.GetValues("Content-Security-Policy"));
        var scripts = Script().Match(policy);
        Assert.True(scripts.Success, policy);
        Assert.Contains("worker-src blob:", policy);
        Assert.Contains("connect-src 'self';", policy);
        Assert.Contains("default-src 'none'", policy);
        Assert.Contains("frame-ancestors 'none'", policy);
        var html = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains($"<script nonce=\"{scripts.Groups["nonce"].Value}\">", html);
        Assert.Equal("DENY", Assert.Single(response.Headers.GetValues("X-Frame-Options")));
        Assert.Equal("no-store", response.Headers.CacheControl!.ToString());

        using var again = await Send("/");
        Assert.NotEqual(policy, Assert.Single(again.Headers.GetValues("Content-Security-Policy")));
        using var view = await Send("/ledger");
        Assert.Contains("connect-src 'self' ws:", Assert.Single(view.Headers.GetValues("Content-Security-Policy")));
    }

    [Theory]
    [InlineData("no-such-pack")]
    [InlineData("..%2Fcode")]
    [InlineData("..%5C..%5Cmodels%5Ckl-1%5Cconfig.json")]
    [InlineData("%2Fetc%2Fpasswd")]
    [InlineData("model-plane.safetensors")]
    [InlineData("MODEL-PLANE")]
    [InlineData("model-plane/../digits/x")]
    public async Task An_unknown_pack_is_not_found(string name)
    {
        using var pack = await Send($"/story/packs/{name}");
        Assert.Equal(HttpStatusCode.NotFound, pack.StatusCode);
        using var file = await Send($"/story/{name}");
        Assert.Equal(HttpStatusCode.NotFound, file.StatusCode);
    }

    [Fact]
    public async Task Every_pack_and_file_is_sent_compressed_and_only_once()
    {
        var story = studio.Server.Services.GetRequiredService<ServedStory>();
        Assert.True(story.PackNames.Count > 30);
        var packs = story.PackNames.Select(name => $"/story/packs/{name}");
        foreach (var address in packs.Concat(story.FileNames.Select(name => $"/story/{name}")))
        {
            using var zipped = await Send(address, "gzip");
            using var plain = await Send(address);
            Assert.Equal(address.EndsWith(".png") ? [] : ["gzip"], zipped.Content.Headers.ContentEncoding);
            Assert.Empty(plain.Content.Headers.ContentEncoding);
            Assert.Equal(await Bytes(plain), await Bytes(zipped));
            Assert.Equal("private, no-cache", Normalized(zipped.Headers.CacheControl!));

            using var known = await Send(address, "gzip", zipped.Headers.ETag);
            Assert.Equal(HttpStatusCode.NotModified, known.StatusCode);
            Assert.Empty(await known.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        }
    }

    [Fact]
    public async Task What_the_page_names_may_be_kept_for_ever()
    {
        using var page = await Send("/");
        var html = await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        var addresses = Versioned().Matches(html).Select(match => match.Value).Distinct().ToArray();
        Assert.Equal(4, addresses.Length);
        foreach (var address in addresses)
        {
            using var file = await Send(address, "gzip");
            Assert.Contains("immutable", file.Headers.CacheControl!.ToString());
        }
    }

    [Fact]
    public async Task Without_access_nothing_of_it_is_sent()
    {
        foreach (var address in new[] { "/story/packs/digits", "/story/code", "/story/story.css" })
        {
            using var client = new HttpClient();
            using var response = await client.GetAsync(
                $"http://localhost:{studio.Port}{address}", TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        }
    }

    [Theory]
    [InlineData("", "/#scene=5")]
    [InlineData("?beta=inf&seed=3", "/#scene=5")]
    [InlineData("?beta=nonsense", "/#scene=5")]
    [InlineData("?beta=4&seed=7&z=1,2__", "/#scene=8&beta=4")]
    [InlineData("?beta=1", "/#scene=8&beta=1")]
    [InlineData("?beta=0", "/#scene=8&beta=0")]
    [InlineData("?beta=-3", "/#scene=8&beta=0")]
    [InlineData("?beta=0.25", "/#scene=8&beta=0.25")]
    [InlineData("?beta=32", "/#scene=8&beta=32")]
    [InlineData("?beta=1e300", "/#scene=8&beta=1E+300")]
    [InlineData("?beta=4&beta=%0d%0aX:1", "/#scene=5")]
    public async Task A_link_to_the_former_worlds_view_leads_to_the_scene_that_took_its_place(string query, string target)
    {
        using var response = await Send($"/worlds{query}");
        Assert.Equal(HttpStatusCode.Found, response.StatusCode);
        Assert.Equal(target, response.Headers.Location!.OriginalString);
    }

    [Fact]
    public async Task Styles_and_scripts_of_a_view_are_sent_compressed()
    {
        using var page = await Send("/ledger");
        var html = await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        var files = Loaded().Matches(html).Select(match => $"/{match.Groups["file"].Value.TrimStart('/')}").ToArray();
        Assert.True(files.Length >= 6, html);
        var (raw, sent) = (0L, 0L);
        foreach (var file in files)
        {
            using var zipped = await Send(file, "gzip");
            using var plain = await Send(file);
            Assert.Equal(["gzip"], zipped.Content.Headers.ContentEncoding);
            Assert.Empty(plain.Content.Headers.ContentEncoding);
            Assert.Equal(await Bytes(plain), await Bytes(zipped));
            raw += plain.Content.Headers.ContentLength!.Value;
            sent += zipped.Content.Headers.ContentLength!.Value;
        }

        // The style sheet of the component library alone has 627 kB.
        Assert.InRange(raw, 700_000, 2_000_000);
        Assert.InRange(sent, 50_000, 200_000);
    }

    private static async Task<byte[]> Bytes(HttpResponseMessage response)
    {
        var bytes = await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        if (!response.Content.Headers.ContentEncoding.Contains("gzip"))
            return bytes;
        using var zipped = new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress);
        using var unzipped = new MemoryStream();
        await zipped.CopyToAsync(unzipped, TestContext.Current.CancellationToken);
        return unzipped.ToArray();
    }

    private static string Normalized(CacheControlHeaderValue value) =>
        value is { Private: true, NoCache: true } ? "private, no-cache" : $"{value}";

    private async Task<HttpResponseMessage> Send(string address, string? encoding = null, EntityTagHeaderValue? tag = null)
    {
        using var client = new HttpClient(new HttpClientHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.None,
        });
        using var request = new HttpRequestMessage(HttpMethod.Get, $"http://localhost:{studio.Port}{address}");
        request.Headers.Add("Cookie", studio.Cookie);
        request.Headers.Add("Accept", "text/html");
        if (encoding is not null)
            request.Headers.Add("Accept-Encoding", encoding);
        if (tag is not null)
            request.Headers.IfNoneMatch.Add(tag);
        return await client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    [GeneratedRegex("script-src 'nonce-(?<nonce>[^']+)' blob:;")]
    private static partial Regex Script();

    [GeneratedRegex(@"/story/[a-z.]+\?v=[0-9a-f]+")]
    private static partial Regex Versioned();

    [GeneratedRegex("""(?:rel="stylesheet" href|<script src)="(?<file>[^"]+)""")]
    private static partial Regex Loaded();
}
