using Elbo.Browsing;
using Elbo.Story.Tests;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(StoryBrowser))]

namespace Elbo.Story.Tests;

/// <summary>The browser shared by all tests and the story as a file on the disk, both made at their first use.</summary>
public sealed class StoryBrowser : IAsyncDisposable
{
    /// <summary>The timeout of page operations on a busy machine, in milliseconds.</summary>
    private const float Timeout = 30_000;

    private readonly Lazy<Task<IBrowser>> _browser;
    private readonly Lazy<string> _address;
    private readonly TemporaryFolder _folder = new();
    private IPlaywright? _driver;

    public StoryBrowser()
    {
        _browser = new(Start);
        _address = new(() => new Uri(_folder.Write("story.html", StoryPage.Bundled().Html.ToArray())).AbsoluteUri);
    }

    /// <summary>The story's address, of the form <c>file:///...</c>.</summary>
    public string Address => _address.Value;

    /// <summary>Opens a browser context with its own cookies, cache and settings.</summary>
    public async Task<IBrowserContext> Open(BrowserNewContextOptions options)
    {
        RequireBrowser();
        var browser = await _browser.Value;
        var context = await browser.NewContextAsync(options);
        context.SetDefaultTimeout(Timeout);
        return context;
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser.IsValueCreated)
            await (await _browser.Value).DisposeAsync();
        _driver?.Dispose();
        _folder.Dispose();
    }

    private static void RequireBrowser()
    {
        if (DebianChromium.Path is not null)
            return;
        const string Missing = "Chromium is not installed: install it (apt-get install chromium), or set its path in ELBO_CHROMIUM.";
        if (Environment.GetEnvironmentVariable("CI") == "true")
            Assert.Fail(Missing);
        Assert.Skip(Missing);
    }

    private async Task<IBrowser> Start()
    {
        _driver = await DebianChromium.StartDriver();
        Assertions.SetDefaultExpectTimeout(Timeout);
        return await DebianChromium.Launch(_driver);
    }
}
