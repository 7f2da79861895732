using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Elbo.Studio.Tests;

/// <summary>What all views share: language, theme, access, and that no request goes to another machine.</summary>
public class ShellTests(RunningStudio studio, TestBrowser browser) : BrowserTests(studio, browser), IClassFixture<RunningStudio>
{
    public static TheoryData<string> Views { get; } = ["ledger", "generate", "condition", "runs"];

    [Fact]
    public async Task Switching_the_language_keeps_the_view_and_is_remembered()
    {
        await Open("generate?digit=3&seed=3");
        await Expect(Page.Locator("html")).ToHaveAttributeAsync("lang", "en");
        await Expect(Page.Locator("h1")).ToHaveTextAsync("Generate");
        var samples = await Source(Page.Locator("main img").First);

        await Button("中文").ClickAsync();
        await Expect(Page.Locator("html")).ToHaveAttributeAsync("lang", "zh");
        await WaitUntilLoaded(Page);
        await Expect(Page.Locator("h1")).ToHaveTextAsync(Strings.For("zh")["Generate.Title"]);
        Assert.NotEqual(Strings["Generate.Title"], Strings.For("zh")["Generate.Title"]);
        Assert.Equal(samples, await Source(Page.Locator("main img").First));

        var another = await Page.Context.NewPageAsync();
        await Open(another, "ledger");
        await Expect(another.Locator("html")).ToHaveAttributeAsync("lang", "zh");
        await Expect(another.Locator("h1")).ToHaveTextAsync(Strings.For("zh")["Ledger.Title"]);
        await another.GetByRole(AriaRole.Button, new() { Name = "English" }).ClickAsync();
        await Expect(another.Locator("html")).ToHaveAttributeAsync("lang", "en");
        await Expect(another.Locator("h1")).ToHaveTextAsync("The ledger");
    }

    [Fact]
    public async Task The_initial_language_is_that_of_the_browser()
    {
        var page = await SignIn(await NewContext(new(Window) { Locale = "zh-CN" }));
        await Open(page, "ledger");
        await Expect(page.Locator("html")).ToHaveAttributeAsync("lang", "zh");
        await Expect(page.Locator("h1")).ToHaveTextAsync(Strings.For("zh")["Ledger.Title"]);
    }

    [Fact]
    public async Task Switching_the_theme_is_remembered()
    {
        await Open("ledger");
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
    public async Task The_initial_theme_is_that_of_the_system_from_the_first_rendering_on()
    {
        var context = await NewContext(new(Window) { ColorScheme = ColorScheme.Dark });
        await context.AddInitScriptAsync(
            """
            globalThis.backgrounds = new Set();
            new MutationObserver(() => backgrounds.add(document.body && getComputedStyle(document.body).backgroundColor))
                .observe(document, { subtree: true, childList: true, characterData: true });
            """);
        var page = await SignIn(context);
        await Open(page, "ledger");
        await WaitForBrightness(page, 0, 60);
        var backgrounds = await page.EvaluateAsync<string[]>("[...backgrounds].filter(colour => colour)");
        Assert.Contains("rgb(21, 23, 26)", backgrounds);
        Assert.DoesNotContain("rgb(251, 250, 248)", backgrounds);
    }

    [Fact]
    public async Task No_view_sends_a_request_to_another_machine()
    {
        foreach (var view in Views)
            await Open(view.Data);
        Assert.All(Monitor.Requests, request => Assert.Equal(($"localhost", Studio.Port), (request.Host, request.Port)));
        Assert.Contains(Monitor.Requests, request => request.Scheme == "ws");
        Assert.DoesNotContain(
            Monitor.Requests.Skip(1), request => request.Query.Contains(Studio.Server.Secrets.Token.Value, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Requests_to_other_machines_and_script_errors_are_detected()
    {
        await Open("ledger");
        Assert.Empty(Monitor.Errors);
        await Page.EvaluateAsync("""
            () => {
                document.body.append(Object.assign(new Image(), { src: 'http://elsewhere.example/a.png' }));
                document.body.append(Object.assign(document.createElement('script'), { textContent: 'window.ran = true;' }));
                setTimeout(() => { throw new Error('on purpose'); });
            }
            """);
        await WaitFor(() => new[] { "elsewhere.example", "script-src", "on purpose" }.All(
            sign => Monitor.Errors.Any(error => error.Contains(sign, StringComparison.Ordinal))));
        Assert.False(await Page.EvaluateAsync<bool>("'ran' in window"));
        Monitor.Ignore("");
    }

    [Fact]
    public async Task The_URL_has_no_token_and_the_page_cannot_read_the_cookie()
    {
        await WaitUntilLoaded(Page);
        Assert.Equal($"http://localhost:{Studio.Port}/", Page.Url);
        Assert.DoesNotContain(
            Studio.Server.Secrets.Token.Value, await Page.EvaluateAsync<string>("document.cookie + document.documentElement.outerHTML"));
    }

    [Fact]
    public async Task A_link_without_access_shows_what_to_open_and_is_opened_afterwards()
    {
        var window = await NewContext();
        var page = await window.NewPageAsync();
        await page.GotoAsync("ledger?picture=4&seed=9");
        await Expect(page.Locator("h1")).ToHaveTextAsync(Strings["Locked.Title"]);
        await Expect(page.Locator("code")).ToContainTextAsync($"http://localhost:{Studio.Port}/?token=");
        await page.GotoAsync(Studio.Server.Address.ToString());
        await WaitUntilLoaded(page);
        Assert.Equal($"http://localhost:{Studio.Port}/ledger?picture=4&seed=9", page.Url);
        IgnoreErrors("401");
    }

    [Fact]
    public async Task A_link_on_another_site_opens_with_access()
    {
        const string Site = "http://elsewhere.example/";
        await Page.RouteAsync(Site, route => route.FulfillAsync(new()
        {
            ContentType = "text/html",
            Body = $"<link rel=icon href='data:,'><a href='http://localhost:{Studio.Port}/generate?digit=4'>link</a>",
        }));
        IgnoreErrors("401", Site);
        await Page.GotoAsync(Site);
        await Page.GetByText("link").ClickAsync();
        await WaitUntilLoaded(Page);
        await Expect(Page.GetByAltText(Strings["Generate.Page", 4])).ToBeVisibleAsync();
        Assert.Equal($"http://localhost:{Studio.Port}/generate?digit=4", Page.Url);
    }

    [Fact]
    public async Task A_missing_page_shows_an_error_within_the_studio()
    {
        IgnoreErrors("404");
        await Page.GotoAsync("no-such-page");
        await Expect(Page.Locator("h1")).ToHaveTextAsync(Strings["Shell.NotFound"]);
        await Page.GetByRole(AriaRole.Link, new() { Name = Strings["Ledger.Title"] }).ClickAsync();
        await WaitUntilLoaded(Page);
        await Expect(Page.Locator("h1")).ToHaveTextAsync(Strings["Ledger.Title"]);
    }

    [Theory]
    [InlineData("ledger?model=../../etc&picture=-7&drawing=%00&seed=1e9")]
    [InlineData("ledger?picture=123456789&drawing=AAAA")]
    [InlineData("generate?digit=12&seed=x&z=1,2,3")]
    [InlineData("generate?z=9,9,9,9,9,9,9,9,9,NaN")]
    [InlineData("condition?model=%3Cscript%3E&label=99&region=x&picture=1e99")]
    public async Task A_URL_with_invalid_values_shows_valid_ones(string address)
    {
        await Open(address);
        await Expect(Page.Locator(".failure")).ToHaveCountAsync(0);
        await Expect(Page.Locator("main img").First).ToBeVisibleAsync();
    }

    [Theory]
    [MemberData(nameof(Views))]
    public async Task A_narrow_window_does_not_scroll_horizontally(string view)
    {
        foreach (var language in new[] { "en", "zh" })
        {
            var page = await SignIn(
                await NewContext(new(Window) { Locale = language, ViewportSize = new() { Width = 380, Height = 800 } }));
            await Open(page, view);
            var width = await page.EvaluateAsync<int>("document.scrollingElement.scrollWidth");
            var widest = await page.EvaluateAsync<string>(
                """
                [...document.querySelectorAll('body *')]
                    .map(element => [element.getBoundingClientRect().right, element.outerHTML.slice(0, 120)])
                    .sort((a, b) => b[0] - a[0])[0].join(' ')
                """);
            Assert.True(width <= 380, $"{view} in {language} is {width} pixels wide: {widest}");
            Assert.Equal("visible", await page.EvaluateAsync<string>("getComputedStyle(document.documentElement).overflowX"));
        }
    }

    [Theory]
    [MemberData(nameof(Views))]
    public async Task A_narrow_header_has_one_row_of_targets_for_a_finger_and_shows_where_one_is(string view)
    {
        foreach (var language in new[] { "en", "zh" })
        {
            var page = await SignIn(
                await NewContext(new(Window) { Locale = language, ViewportSize = new() { Width = 380, Height = 800 } }));
            await Open(page, view);
            var header = (await page.Locator("header.bar").BoundingBoxAsync())!;
            Assert.InRange(header.Height, 44, 60);
            var targets = await page.Locator("header.bar :is(a, button):visible").AllAsync();
            Assert.Equal(Views.Count + 3, targets.Count);
            foreach (var target in targets)
            {
                var box = (await target.BoundingBoxAsync())!;
                Assert.InRange(box.Width, 44, 200);
                Assert.InRange(box.Height, 44, header.Height);
                Assert.InRange(box.Y, header.Y, header.Y + header.Height - box.Height);
            }

            var here = page.Locator("header.bar .view.here");
            await Expect(here).ToBeInViewportAsync(new() { Ratio = 1 });
            // All of it lies between the ends of the row of views, which hide what is beyond them.
            await page.WaitForFunctionAsync(
                """
                () => {
                    const [row, here] = ['header.bar nav', '.view.here'].map(each => document.querySelector(each).getBoundingClientRect());
                    return here.left >= row.left - 1 && here.right <= row.right + 1;
                }
                """);
            // The keyboard comes to every view, and each is then in sight.
            foreach (var link in await page.Locator("header.bar nav a").AllAsync())
            {
                await link.FocusAsync();
                await Expect(link).ToBeInViewportAsync(new() { Ratio = 0.9f });
            }

            Assert.InRange(await page.EvaluateAsync<int>("document.scrollingElement.scrollWidth"), 1, 380);
        }
    }

    [Fact]
    public async Task Touch_draws_and_scrolls_elsewhere()
    {
        var page = await SignIn(await NewContext(new(Window) { HasTouch = true, ViewportSize = new() { Width = 380, Height = 800 } }));
        await Open(page, "ledger");
        await Expect(page.Locator("canvas")).Not.ToHaveAttributeAsync("aria-busy", "true");
        await Expect(page.Locator("canvas")).ToHaveCSSAsync("touch-action", "none");
        await page.Locator("canvas").TapAsync();
        await Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("drawing="));

        foreach (var view in new[] { "generate", "condition" })
        {
            await Open(page, view);
            foreach (var plane in await page.Locator("main .plane").AllAsync())
            {
                // A finger points in a plane that decodes the point under it, and scrolls the page up and down from there as well.
                var points = await plane.GetAttributeAsync("tabindex") == "0";
                await Expect(plane).ToHaveCSSAsync("touch-action", points ? "pan-y" : "auto");
            }
        }
    }

    [Fact]
    public async Task When_the_studio_stops_the_page_shows_it()
    {
        var own = new RunningStudio();
        await own.InitializeAsync();
        try
        {
            await Page.GotoAsync(own.Server.Address.ToString());
            await Expect(Page.Locator("main h1")).ToBeVisibleAsync();
            await Open($"http://localhost:{own.Port}/ledger");
        }
        finally
        {
            await own.DisposeAsync();
        }

        // Errors of requests that were running when the connection was closed, reported by the browser and by Blazor's script.
        IgnoreErrors("console:", "Cannot send data if the connection is not in the 'Connected' State");
        await Expect(Page.GetByText(Strings["Shell.Lost"])).ToBeVisibleAsync();
        var notice = Page.Locator("#components-reconnect-modal");
        await Expect(notice).ToHaveCSSAsync("color", "rgb(255, 255, 255)");
        await Expect(notice).ToHaveCSSAsync("background-color", "rgb(122, 59, 0)");
    }

    /// <summary>Waits until the brightness of the page's background is in a range; from 0 to 255.</summary>
    private static Task<IJSHandle> WaitForBrightness(IPage page, double min, double max) => page.WaitForFunctionAsync(
        """
        ([min, max]) => {
            const [red, green, blue] = getComputedStyle(document.body).backgroundColor.match(/[\d.]+/g).map(Number);
            return (red + green + blue) / 3 >= min && (red + green + blue) / 3 <= max;
        }
        """,
        new[] { min, max });
}
