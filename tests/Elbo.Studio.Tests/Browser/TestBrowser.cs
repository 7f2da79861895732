using Elbo.Browsing;
using Elbo.Studio.Tests;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(TestBrowser))]

namespace Elbo.Studio.Tests;

/// <summary>The one browser of all tests, started when the first of them asks for it.</summary>
public sealed class TestBrowser : IAsyncDisposable
{
    /// <summary>How long a page may take on a machine that has much else to do, in milliseconds.</summary>
    private const float Patience = 60_000;

    private readonly Lazy<Task<IBrowser>> _browser;
    private IPlaywright? _driver;

    public TestBrowser() => _browser = new(Start);

    /// <summary>A window of its own: cookies, cache and permissions are shared with no other.</summary>
    internal async Task<IBrowserContext> Open(BrowserNewContextOptions options)
    {
        RequireBrowser();
        var browser = await _browser.Value;
        var context = await browser.NewContextAsync(options);
        context.SetDefaultTimeout(Patience);
        return context;
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser.IsValueCreated)
            await (await _browser.Value).DisposeAsync();
        _driver?.Dispose();
    }

    private static void RequireBrowser()
    {
        if (DebianChromium.Path is not null)
            return;
        const string Missing = "There is no Chromium here: install it (apt-get install chromium), or name it in ELBO_CHROMIUM.";
        if (Environment.GetEnvironmentVariable("CI") == "true")
            Assert.Fail(Missing);
        Assert.Skip(Missing);
    }

    private async Task<IBrowser> Start()
    {
        _driver = await DebianChromium.StartDriver();
        Assertions.SetDefaultExpectTimeout(Patience);
        return await DebianChromium.Launch(_driver);
    }
}
