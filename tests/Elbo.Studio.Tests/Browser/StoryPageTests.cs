using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Elbo.Studio.Tests;

/// <summary>The studio's first view in a browser: the story, in the frame of the studio.</summary>
public class StoryPageTests(RunningStudio studio, TestBrowser browser) : BrowserTests(studio, browser), IClassFixture<RunningStudio>
{
    /// <summary>The most that opening a scene may move over the network, with all that the page itself is made of.</summary>
    private const int Budget = 300_000;

    private ILocator Chosen => Page.Locator(".keys [aria-pressed=true]");

    [Theory]
    [InlineData("scene=1")]
    [InlineData("scene=2")]
    [InlineData("scene=3")]
    [InlineData("scene=4")]
    [InlineData("scene=5")]
    [InlineData("scene=6")]
    [InlineData("scene=7")]
    [InlineData("scene=8")]
    [InlineData("scene=8&beta=16")]
    [InlineData("scene=9")]
    [InlineData("scene=9&part=half")]
    public async Task Opening_a_scene_moves_less_than_300_kB(string link)
    {
        // A window without a cache, that was not signed in by a page.
        var window = await NewContext();
        await window.AddCookiesAsync(
        [
            new() { Name = $"elbo-studio-{Studio.Port}", Value = Studio.Server.Secrets.Cookie.Value, Domain = "localhost", Path = "/" },
        ]);
        var page = await window.NewPageAsync();
        var requests = new List<IRequest>();
        var (waiting, quiet) = (0, 0);
        page.Request += (_, request) => waiting += IsSent(request) ? 1 : 0;
        page.RequestFailed += (_, request) => waiting -= IsSent(request) ? 1 : 0;
        page.RequestFinished += (_, request) =>
        {
            if (!IsSent(request))
                return;
            waiting--;
            requests.Add(request);
        };
        await page.GotoAsync($"#{link}");
        await Expect(page.Locator("section.stage > *").First).ToBeVisibleAsync();
        await Expect(page.Locator(".missing")).ToHaveCountAsync(0);
        // Nothing is on its way several times in succession; the browser's own event of that did not always come on a busy machine.
        await WaitFor(() => (quiet = waiting == 0 ? quiet + 1 : 0) > 3);

        var own = requests.ToArray();
        var sizes = await Task.WhenAll(own.Select(request => request.SizesAsync()));
        var moved = sizes.Sum(size => size.ResponseBodySize + size.ResponseHeadersSize);
        TestContext.Current.TestOutputHelper?.WriteLine($"{link}: {moved} bytes");
        Assert.Contains(own, request => request.Url.Contains("/story/packs/", StringComparison.Ordinal));
        Assert.InRange(moved, 100_000, Budget);

        static bool IsSent(IRequest request) => request.Url.StartsWith("http", StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_scene_loads_what_the_hand_asks_for()
    {
        await OpenScene("scene=6");
        var value = Page.Locator(".tally-vae .share-value");
        await Expect(value).ToHaveTextAsync("\u2013");
        await Page.Locator(".scene-6 .primary").ClickAsync();
        await Expect(value).ToContainTextAsync("%");

        await OpenScene("scene=8");
        var regime = await Page.Locator(".regime").InnerTextAsync();
        await Page.Locator(".slide input").FocusAsync();
        await Page.Keyboard.PressAsync("ArrowRight");
        await Page.Keyboard.PressAsync("ArrowRight");
        await Expect(Page.Locator(".beside h2")).ToContainTextAsync("β = 16");
        await Expect(Page.Locator(".regime")).Not.ToHaveTextAsync(regime);

        await OpenScene("scene=9");
        await Page.Locator(".parts .tab").Nth(1).ClickAsync();
        await Expect(Page.Locator(".completing")).ToBeVisibleAsync();
        await Page.Locator(".parts .tab").First.ClickAsync();
        await Expect(Page.Locator(".completing")).ToBeHiddenAsync();
        await Page.Locator(".share-grid .tab").Last.ClickAsync();
        await Expect(Page.Locator(".share-grid .tab").Last).Not.ToContainTextAsync("?");

        await OpenScene("scene=3");
        await Page.GetByRole(AriaRole.Button, new() { Name = "Draw a digit" }).ClickAsync();
        var pad = (await Page.Locator(".pad").BoundingBoxAsync())!;
        await Page.Mouse.MoveAsync(pad.X + pad.Width * 0.5f, pad.Y + pad.Height * 0.2f);
        await Page.Mouse.DownAsync();
        await Page.Mouse.MoveAsync(pad.X + pad.Width * 0.45f, pad.Y + pad.Height * 0.8f, new() { Steps = 8 });
        await Page.Mouse.UpAsync();
        await Expect(Page.Locator("#insight")).ToBeVisibleAsync();
        Assert.Contains(Monitor.Requests, request => request.AbsolutePath == "/story/packs/encoder-plane");
    }

    [Fact]
    public async Task Keys_and_the_way_to_the_next_scene_work_as_in_the_file()
    {
        await OpenScene("scene=1");
        await Expect(Chosen).ToHaveTextAsync("6");
        await Page.Keyboard.PressAsync("3");
        await Expect(Chosen).ToHaveTextAsync("3");
        await Expect(Page.Locator("#insight")).ToBeVisibleAsync();
        await Expect(Page).ToHaveURLAsync(new Regex("#scene=1.*digit=3"));
        await Page.Locator("a[rel=next]").ClickAsync();
        await Expect(Page.Locator("section.scene-2 canvas").First).ToBeVisibleAsync();
        // The link names neither language nor theme: they are the studio's.
        Assert.DoesNotContain("lang", Page.Url);
        Assert.DoesNotContain("theme", Page.Url);
    }

    [Fact]
    public async Task Language_and_theme_are_one_setting_with_the_other_views()
    {
        await OpenScene("scene=1");
        await Expect(Page.Locator("html")).ToHaveAttributeAsync("lang", "en");
        await Page.Locator("#language").ClickAsync();
        await Expect(Page.Locator("html")).ToHaveAttributeAsync("lang", "zh-CN");
        await Expect(Page.Locator(".views a").First).ToHaveTextAsync(Strings.For("zh")["Ledger.Title"]);
        await Page.Locator("#theme").ClickAsync();
        await Page.Locator("#theme").ClickAsync();
        await Expect(Page.Locator("html")).ToHaveAttributeAsync("data-theme", "dark");

        await Page.Locator(".views a").First.ClickAsync();
        await WaitUntilLoaded(Page);
        await Expect(Page.Locator("html")).ToHaveAttributeAsync("lang", "zh");
        var chinese = Strings.For("zh");
        await Button(chinese["Shell.Theme.Light"]).ClickAsync();
        await Expect(Button(chinese["Shell.Theme.Dark"])).ToBeVisibleAsync();

        // Back, by the first entry of the navigation: a document of its own, which the router of the other views must leave alone.
        await Page.Locator("nav a.view").First.ClickAsync();
        await Expect(Page.Locator("section.stage")).ToBeVisibleAsync();
        await Expect(Page.Locator("html")).ToHaveAttributeAsync("lang", "zh-CN");
        await Expect(Page.Locator("html")).ToHaveAttributeAsync("data-theme", "light");
        await Page.Locator("#language").ClickAsync();
        await Expect(Page.Locator(".views a").First).ToHaveTextAsync(Strings["Ledger.Title"]);
    }

    [Theory]
    [InlineData("en", ColorScheme.Light)]
    [InlineData("zh-CN", ColorScheme.Dark)]
    public async Task The_header_is_one_row_with_all_views_at_380_pixels(string locale, ColorScheme scheme)
    {
        var page = await SignIn(await NewContext(new(Window)
        {
            Locale = locale,
            ColorScheme = scheme,
            ViewportSize = new() { Width = 380, Height = 800 },
        }));
        await Expect(page.Locator("section.stage canvas").First).ToBeVisibleAsync();
        await Expect(page.Locator("html")).ToHaveAttributeAsync("data-theme", scheme == ColorScheme.Dark ? "dark" : "light");
        Assert.InRange((await page.Locator("header").BoundingBoxAsync())!.Height, 44, 60);
        Assert.InRange(await page.EvaluateAsync<int>("document.documentElement.scrollWidth"), 1, 380);

        var strings = Strings.For(locale[..2]);
        await page.Locator(".views .menu").ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = strings["Runs.Title"], Exact = true }).ClickAsync();
        await WaitUntilLoaded(page);
        await Expect(page.Locator("h1")).ToHaveTextAsync(strings["Runs.Title"]);
    }

    [Fact]
    public async Task Without_JavaScript_two_pictures_are_there()
    {
        var window = await NewContext(new(Window) { JavaScriptEnabled = false });
        await window.AddCookiesAsync(
        [
            new() { Name = $"elbo-studio-{Studio.Port}", Value = Studio.Server.Secrets.Cookie.Value, Domain = "localhost", Path = "/" },
        ]);
        var page = await window.NewPageAsync();
        await page.GotoAsync("");
        foreach (var picture in await page.Locator("img").AllAsync())
        {
            await Expect(picture).ToBeVisibleAsync();
            Assert.InRange((await picture.BoundingBoxAsync())!.Height, 100, 2000);
        }

        await Expect(page.Locator("img")).ToHaveCountAsync(2);
    }

    private async Task OpenScene(string link)
    {
        await Page.GotoAsync("about:blank");
        await Page.GotoAsync($"#{link}");
        await Expect(Page.Locator("section.stage > *").First).ToBeVisibleAsync();
    }
}
