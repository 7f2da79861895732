using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Elbo.Studio.Tests;

/// <summary>What all views share: language, colours, the way in, and what leaves the machine (nothing).</summary>
public class ShellTests(RunningStudio studio, TestBrowser browser) : BrowserTests(studio, browser), IClassFixture<RunningStudio>
{
    public static TheoryData<string> Views { get; } = ["worlds", "ledger", "generate", "condition", "runs"];

    [Fact]
    public async Task The_language_is_switched_with_all_that_is_seen_and_remembered()
    {
        await Open("worlds?beta=4&seed=3");
        await Expect(Page.Locator("html")).ToHaveAttributeAsync("lang", "en");
        await Expect(Page.Locator("h1")).ToHaveTextAsync("Three worlds");
        var samples = await Source(Page.Locator(".world img").First);

        await Button("中文").ClickAsync();
        await Expect(Page.Locator("html")).ToHaveAttributeAsync("lang", "zh");
        await Shown(Page);
        await Expect(Page.Locator("h1")).ToHaveTextAsync(Strings.For("zh")["Worlds.Title"]);
        Assert.NotEqual(Strings["Worlds.Title"], Strings.For("zh")["Worlds.Title"]);
        Assert.Equal(samples, await Source(Page.Locator(".world img").First));

        var another = await Page.Context.NewPageAsync();
        await Open(another, "ledger");
        await Expect(another.Locator("html")).ToHaveAttributeAsync("lang", "zh");
        await Expect(another.Locator("h1")).ToHaveTextAsync(Strings.For("zh")["Ledger.Title"]);
        await another.GetByRole(AriaRole.Button, new() { Name = "English" }).ClickAsync();
        await Expect(another.Locator("html")).ToHaveAttributeAsync("lang", "en");
        await Expect(another.Locator("h1")).ToHaveTextAsync("The ledger");
    }

    [Fact]
    public async Task The_first_language_is_the_one_the_browser_asks_for()
    {
        var page = await LetIn(await OpenWindow(new(Window) { Locale = "zh-CN" }));
        await Shown(page);
        await Expect(page.Locator("html")).ToHaveAttributeAsync("lang", "zh");
        await Expect(page.Locator("h1")).ToHaveTextAsync(Strings.For("zh")["Worlds.Title"]);
    }

    [Fact]
    public async Task The_colours_are_switched_and_remembered()
    {
        await Open("worlds");
        await WaitForBrightness(Page, 200, 255);
        await Button(Strings["Shell.Theme.Dark"]).ClickAsync();
        await Expect(Button(Strings["Shell.Theme.Light"])).ToBeVisibleAsync();
        await WaitForBrightness(Page, 0, 60);

        var another = await Page.Context.NewPageAsync();
        await Open(another, "generate");
        await WaitForBrightness(another, 0, 60);
        await another.GetByRole(AriaRole.Button, new() { Name = Strings["Shell.Theme.Light"] }).ClickAsync();
        await Expect(another.GetByRole(AriaRole.Button, new() { Name = Strings["Shell.Theme.Dark"] })).ToBeVisibleAsync();
        await WaitForBrightness(another, 200, 255);
    }

    [Fact]
    public async Task The_first_colours_are_those_of_the_system()
    {
        var page = await LetIn(await OpenWindow(new(Window) { ColorScheme = ColorScheme.Dark }));
        await Shown(page);
        await WaitForBrightness(page, 0, 60);
    }

    [Fact]
    public async Task All_views_together_ask_nothing_of_any_other_machine()
    {
        foreach (var view in Views)
            await Open(view.Data);
        Assert.All(Watch.Requests, request => Assert.Equal(($"localhost", Studio.Port), (request.Host, request.Port)));
        Assert.Contains(Watch.Requests, request => request.Scheme == "ws");
        Assert.DoesNotContain(Watch.Requests.Skip(1), request => request.Query.Contains(Studio.Server.Token.Value, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_request_to_elsewhere_and_a_script_that_fails_would_be_seen()
    {
        await Open("worlds");
        Assert.Empty(Watch.Complaints);
        await Page.EvaluateAsync("""
            () => {
                document.body.append(Object.assign(new Image(), { src: 'http://elsewhere.example/a.png' }));
                document.body.append(Object.assign(document.createElement('script'), { textContent: 'window.ran = true;' }));
                setTimeout(() => { throw new Error('on purpose'); });
            }
            """);
        await WaitFor(() => new[] { "elsewhere.example", "script-src", "on purpose" }.All(
            sign => Watch.Complaints.Any(complaint => complaint.Contains(sign, StringComparison.Ordinal))));
        Assert.False(await Page.EvaluateAsync<bool>("'ran' in window"));
        Watch.Expect("");
    }

    [Fact]
    public async Task The_address_in_the_browser_has_no_token_and_the_page_cannot_read_the_cookie()
    {
        await Shown(Page);
        Assert.Equal($"http://localhost:{Studio.Port}/", Page.Url);
        Assert.DoesNotContain(Studio.Server.Token.Value, await Page.EvaluateAsync<string>("document.cookie + document.documentElement.outerHTML"));
    }

    [Fact]
    public async Task Who_opens_a_link_without_having_been_let_in_is_told_what_to_open_and_comes_back()
    {
        var window = await OpenWindow();
        var page = await window.NewPageAsync();
        await page.GotoAsync("worlds?beta=4&seed=9");
        await Expect(page.Locator("h1")).ToHaveTextAsync(Strings["Locked.Title"]);
        await Expect(page.Locator("code")).ToContainTextAsync($"http://localhost:{Studio.Port}/?token=");
        await page.GotoAsync(Studio.Server.Address.ToString());
        await Shown(page);
        Assert.Equal($"http://localhost:{Studio.Port}/worlds?beta=4&seed=9", page.Url);
        ExpectEverywhere("401");
    }

    [Fact]
    public async Task A_link_on_another_site_opens_for_who_is_let_in()
    {
        const string Site = "http://elsewhere.example/";
        await Page.RouteAsync(Site, route => route.FulfillAsync(new()
        {
            ContentType = "text/html",
            Body = $"<link rel=icon href='data:,'><a href='http://localhost:{Studio.Port}/worlds?beta=4'>link</a>",
        }));
        ExpectEverywhere("401", Site);
        await Page.GotoAsync(Site);
        await Page.GetByText("link").ClickAsync();
        await Shown(Page);
        await Expect(Page.Locator("label[for=beta] strong")).ToContainTextAsync("4");
        Assert.Equal($"http://localhost:{Studio.Port}/worlds?beta=4", Page.Url);
    }

    [Fact]
    public async Task A_page_that_is_not_there_says_so_within_the_studio()
    {
        ExpectEverywhere("404");
        await Page.GotoAsync("no-such-page");
        await Expect(Page.Locator("h1")).ToHaveTextAsync(Strings["Shell.NotFound"]);
        await Page.GetByRole(AriaRole.Link, new() { Name = Strings["Ledger.Title"] }).ClickAsync();
        await Shown(Page);
        await Expect(Page.Locator("h1")).ToHaveTextAsync(Strings["Ledger.Title"]);
    }

    [Theory]
    [InlineData("worlds?beta=x&seed=99999999999999999999")]
    [InlineData("worlds?beta=-1&seed=-5")]
    [InlineData("worlds?beta=NaN")]
    [InlineData("ledger?model=../../etc&picture=-7&drawing=%00&seed=1e9")]
    [InlineData("ledger?picture=123456789&drawing=AAAA")]
    [InlineData("generate?digit=12&seed=x&z=1,2,3")]
    [InlineData("generate?z=9,9,9,9,9,9,9,9,9,NaN")]
    [InlineData("condition?model=%3Cscript%3E&label=99&region=x&picture=1e99")]
    public async Task An_address_that_asks_for_what_is_not_there_shows_what_is(string address)
    {
        await Open(address);
        await Expect(Page.Locator(".failure")).ToHaveCountAsync(0);
        await Expect(Page.Locator("main img").First).ToBeVisibleAsync();
    }

    [Theory]
    [MemberData(nameof(Views))]
    public async Task A_narrow_window_is_never_scrolled_sideways(string view)
    {
        foreach (var language in new[] { "en", "zh" })
        {
            var page = await LetIn(await OpenWindow(new(Window) { Locale = language, ViewportSize = new() { Width = 380, Height = 800 } }));
            await Open(page, view);
            var width = await page.EvaluateAsync<int>("document.scrollingElement.scrollWidth");
            var widest = await page.EvaluateAsync<string>(
                "[...document.querySelectorAll('body *')].map(e => [e.getBoundingClientRect().right, e.outerHTML.slice(0, 120)]).sort((a, b) => b[0] - a[0])[0].join(' ')");
            Assert.True(width <= 380, $"{view} in {language} is {width} pixels wide: {widest}");
            Assert.Equal("visible", await page.EvaluateAsync<string>("getComputedStyle(document.documentElement).overflowX"));
        }
    }

    [Fact]
    public async Task A_finger_points_and_draws_and_scrolls_on_from_every_other_picture()
    {
        var page = await LetIn(await OpenWindow(new(Window) { HasTouch = true, ViewportSize = new() { Width = 380, Height = 800 } }));
        await Open(page, "worlds");
        var world = page.Locator(".world").First;
        await world.Locator("svg.plane").TapAsync(new() { Position = new() { X = 60, Y = 90 } });
        await Expect(world.Locator(".decoded img")).ToBeVisibleAsync();
        await Expect(world.Locator("svg.plane")).ToHaveCSSAsync("touch-action", "pan-y");

        await Open(page, "ledger");
        await Expect(page.Locator("canvas")).Not.ToHaveAttributeAsync("aria-busy", "true");
        await Expect(page.Locator("canvas")).ToHaveCSSAsync("touch-action", "none");
        await page.Locator("canvas").TapAsync();
        await Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("drawing="));

        foreach (var view in new[] { "generate", "condition" })
        {
            await Open(page, view);
            foreach (var plane in await page.Locator("main .plane").AllAsync())
                await Expect(plane).ToHaveCSSAsync("touch-action", "auto");
        }
    }

    [Fact]
    public async Task When_the_studio_ends_the_page_says_so()
    {
        var own = new RunningStudio();
        await own.InitializeAsync();
        try
        {
            await Page.GotoAsync(own.Server.Address.ToString());
            await Shown(Page);
        }
        finally
        {
            await own.DisposeAsync();
        }

        // What was under way when the connection ended, told by the browser and by the script that keeps the connection.
        ExpectEverywhere("console:", "Cannot send data if the connection is not in the 'Connected' State");
        await Expect(Page.GetByText(Strings["Shell.Lost"])).ToBeVisibleAsync();
        var notice = Page.Locator("#components-reconnect-modal");
        await Expect(notice).ToHaveCSSAsync("color", "rgb(255, 255, 255)");
        await Expect(notice).ToHaveCSSAsync("background-color", "rgb(122, 59, 0)");
    }

    private static async Task WaitFor(Func<bool> condition)
    {
        for (var patience = 0; !condition(); patience++)
        {
            Assert.True(patience < 300, "It has not come within a minute.");
            await Task.Delay(200);
        }
    }

    /// <summary>Waits until the page's background is so bright; from 0 to 255.</summary>
    private static Task<IJSHandle> WaitForBrightness(IPage page, double min, double max) => page.WaitForFunctionAsync(
        """
        ([min, max]) => {
            const [red, green, blue] = getComputedStyle(document.body).backgroundColor.match(/[\d.]+/g).map(Number);
            return (red + green + blue) / 3 >= min && (red + green + blue) / 3 <= max;
        }
        """,
        new[] { min, max });
}
