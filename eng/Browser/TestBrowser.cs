using Microsoft.Playwright;
using Xunit;

[assembly: AssemblyFixture(typeof(Elbo.Browsing.TestBrowser))]

namespace Elbo.Browsing;

/// <summary>The browser shared by all tests of an assembly, started at its first use.</summary>
public sealed class TestBrowser : IAsyncDisposable
{
    /// <summary>The timeout of page operations on a busy machine, in milliseconds.</summary>
    private const float Timeout = 60_000;

    private readonly Lazy<Task<IBrowser>> _browser;
    private IPlaywright? _driver;

    /// <summary>Made for an assembly; no process is started yet.</summary>
    public TestBrowser() => _browser = new(Start);

    /// <summary>Opens a browser context with its own cookies, cache and permissions.</summary>
    internal async Task<IBrowserContext> Open(BrowserNewContextOptions options)
    {
        RequireBrowser();
        var browser = await _browser.Value;
        var context = await browser.NewContextAsync(options);
        context.SetDefaultTimeout(Timeout);
        return context;
    }

    /// <summary>Ends the browser, if a test has used it.</summary>
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
        const string Missing = "Install Chromium (apt-get install chromium-headless-shell), or set its path in ELBO_CHROMIUM.";
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
