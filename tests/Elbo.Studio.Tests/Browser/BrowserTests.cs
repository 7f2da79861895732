using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Elbo.Studio.Tests;

/// <summary>
/// Tests of the pages in a browser: each has a window of its own that has been let in, and fails where that window saw an error, a violation
/// of the content security policy or a request to another machine.
/// </summary>
[Collection("Browser")]
public abstract partial class BrowserTests(RunningStudio studio, TestBrowser browser) : IAsyncLifetime
{
    private readonly List<(IBrowserContext Context, PageWatch Watch)> _windows = [];
    private IPage? _page;

    protected IPage Page => _page ?? throw new InvalidOperationException("The page has not been opened.");

    private protected RunningStudio Studio { get; } = studio;

    /// <summary>The texts of the pages in the language in which they are opened.</summary>
    private protected Strings Strings { get; } = Strings.For(Language.English);

    private protected PageWatch Watch => _windows[0].Watch;

    private protected virtual BrowserNewContextOptions Window => new()
    {
        BaseURL = $"http://localhost:{Studio.Port}/",
        ViewportSize = new() { Width = 1280, Height = 900 },
        Locale = "en-GB",
        ColorScheme = ColorScheme.Light,
        ReducedMotion = ReducedMotion.Reduce,
        Permissions = ["clipboard-read", "clipboard-write"],
    };

    public async ValueTask InitializeAsync() => _page = await LetIn(await OpenWindow());

    public async ValueTask DisposeAsync()
    {
        foreach (var (context, _) in _windows)
            await context.DisposeAsync();
        GC.SuppressFinalize(this);
        Assert.Empty(_windows.SelectMany(window => window.Watch.Complaints));
    }

    /// <summary>Another window with cookies of its own, nobody let in.</summary>
    private protected async Task<IBrowserContext> OpenWindow(BrowserNewContextOptions? options = null)
    {
        var context = await browser.Open(options ?? Window);
        _windows.Add((context, await PageWatch.Over(context)));
        return context;
    }

    /// <summary>A page in a window, from the address that the studio prints.</summary>
    private protected async Task<IPage> LetIn(IBrowserContext context)
    {
        var page = await context.NewPageAsync();
        await page.GotoAsync(Studio.Server.Address.ToString());
        return page;
    }

    /// <summary>Opens a view and waits for it.</summary>
    private protected Task Open(string address) => Open(Page, address);

    private protected static async Task Open(IPage page, string address)
    {
        await page.GotoAsync(address);
        await Shown(page);
    }

    /// <summary>Waits until the view shows something.</summary>
    private protected static async Task Shown(IPage page)
    {
        await Expect(page.Locator("main h1")).ToBeVisibleAsync();
        await Expect(page.Locator("main .mud-progress-linear")).ToHaveCountAsync(0);
    }

    /// <summary>Lets errors pass that belong to what is tested.</summary>
    private protected void ExpectEverywhere(params ReadOnlySpan<string> parts)
    {
        foreach (var (_, watch) in _windows)
        {
            foreach (var part in parts)
                watch.Expect(part);
        }
    }

    private protected ILocator Button(string name) => Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    /// <summary>Waits until an address or a text is another than it was.</summary>
    private protected static async Task<string> Changed(ILocator element, string attribute, string before)
    {
        await Expect(element).Not.ToHaveAttributeAsync(attribute, before);
        return (await element.GetAttributeAsync(attribute))!;
    }

    private protected static async Task<string> Source(ILocator image) => (await image.GetAttributeAsync("src"))!;

    /// <summary>The numbers in a text, in their order.</summary>
    private protected static double[] Numbers(string text) => [.. Number().Matches(text).Select(match => double.Parse(match.Value))];

    [GeneratedRegex(@"-?\d+(\.\d+)?")]
    private static partial Regex Number();
}
