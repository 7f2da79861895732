using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Elbo.Studio.Tests;

/// <summary>
/// Base class for tests of the pages in a browser. Each test has its own signed-in browser context, and fails if an error, a violation of
/// the content security policy or a request to another machine occurs in it.
/// </summary>
[Collection("Browser")]
public abstract partial class BrowserTests(RunningStudio studio, TestBrowser browser) : IAsyncLifetime
{
    private readonly List<(IBrowserContext Context, PageMonitor Monitor)> _contexts = [];
    private IPage? _page;

    protected IPage Page => _page ?? throw new InvalidOperationException("The page has not been opened.");

    private protected RunningStudio Studio { get; } = studio;

    /// <summary>The texts of the pages, in the language in which they are opened.</summary>
    private protected Strings Strings { get; } = Strings.For(Language.English);

    private protected PageMonitor Monitor => _contexts[0].Monitor;

    private protected virtual BrowserNewContextOptions Window => new()
    {
        BaseURL = $"http://localhost:{Studio.Port}/",
        ViewportSize = new() { Width = 1280, Height = 900 },
        Locale = "en-GB",
        ColorScheme = ColorScheme.Light,
        ReducedMotion = ReducedMotion.Reduce,
        Permissions = ["clipboard-read", "clipboard-write"],
    };

    public async ValueTask InitializeAsync() => _page = await SignIn(await NewContext());

    public async ValueTask DisposeAsync()
    {
        foreach (var (context, _) in _contexts)
            await context.DisposeAsync();
        GC.SuppressFinalize(this);
        Assert.Empty(_contexts.SelectMany(entry => entry.Monitor.Errors));
    }

    /// <summary>Opens another browser context with its own cookies, without access.</summary>
    private protected async Task<IBrowserContext> NewContext(BrowserNewContextOptions? options = null)
    {
        var context = await browser.Open(options ?? Window);
        _contexts.Add((context, await PageMonitor.Attach(context)));
        return context;
    }

    /// <summary>Opens a page in a browser context, with the URL that the studio prints.</summary>
    private protected async Task<IPage> SignIn(IBrowserContext context)
    {
        var page = await context.NewPageAsync();
        await page.GotoAsync(Studio.Server.Address.ToString());
        return page;
    }

    /// <summary>Opens a view and waits until it has loaded.</summary>
    private protected Task Open(string address) => Open(Page, address);

    private protected static async Task Open(IPage page, string address)
    {
        await page.GotoAsync(address);
        await WaitUntilLoaded(page);
    }

    /// <summary>Waits until the view has loaded.</summary>
    private protected static async Task WaitUntilLoaded(IPage page)
    {
        await Expect(page.Locator("main h1")).ToBeVisibleAsync();
        await Expect(page.Locator("main .mud-progress-linear")).ToHaveCountAsync(0);
        // A page that takes keys does so once its script has loaded.
        await Expect(page.Locator("main .keys[data-ready=false]")).ToHaveCountAsync(0);
    }

    /// <summary>Waits until something is so that is not seen in the page.</summary>
    private protected static async Task WaitFor(Func<bool> condition)
    {
        for (var attempt = 0; !condition(); attempt++)
        {
            Assert.True(attempt < 300, "The condition was not met within a minute.");
            await Task.Delay(200);
        }
    }

    /// <summary>Ignores errors that the test causes on purpose.</summary>
    private protected void IgnoreErrors(params ReadOnlySpan<string> parts)
    {
        foreach (var (_, monitor) in _contexts)
        {
            foreach (var part in parts)
                monitor.Ignore(part);
        }
    }

    private protected ILocator Button(string name) => Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    /// <summary>Waits until an attribute has changed, and returns its new value.</summary>
    private protected static async Task<string> WaitForChange(ILocator element, string attribute, string before)
    {
        await Expect(element).Not.ToHaveAttributeAsync(attribute, before);
        return (await element.GetAttributeAsync(attribute))!;
    }

    private protected static async Task<string> Source(ILocator image) => (await image.GetAttributeAsync("src"))!;

    /// <summary>The numbers in a text.</summary>
    private protected static double[] Numbers(string text) => [.. Number().Matches(text).Select(match => double.Parse(match.Value))];

    [GeneratedRegex(@"-?\d+(\.\d+)?")]
    private static partial Regex Number();
}
