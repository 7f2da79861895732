using System.Reflection;
using Microsoft.Playwright;

namespace Elbo.Browsing;

/// <summary>Debian's Chromium, controlled by Playwright.</summary>
internal static class DebianChromium
{
    // First the one that has no windows: whole Chromium makes one, with its own pages, for every context, which doubles its work.
    private static readonly string[] CandidatePaths =
        ["/usr/bin/chromium-headless-shell", "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    /// <summary>The path of the browser; null if it is not installed.</summary>
    public static string? Path { get; } = Environment.GetEnvironmentVariable("ELBO_CHROMIUM") ?? CandidatePaths.FirstOrDefault(File.Exists);

    /// <summary>Starts Playwright's driver.</summary>
    public static Task<IPlaywright> StartDriver()
    {
        // The driver is in the package folder (eng/Browser.targets).
        var driver = typeof(DebianChromium).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(metadata => metadata.Key == "PlaywrightDriver").Value;
        Environment.SetEnvironmentVariable("PLAYWRIGHT_DRIVER_SEARCH_PATH", driver);
        return Playwright.CreateAsync();
    }

    /// <summary>Starts the browser in headless mode.</summary>
    public static Task<IBrowser> Launch(IPlaywright playwright) => playwright.Chromium.LaunchAsync(new()
    {
        ExecutablePath = Path,
        // The sandbox does not work for the root user, which is usual in containers; only the studio's own pages are opened.
        Args = ["--no-sandbox", "--disable-dev-shm-usage", "--font-render-hinting=none"],
    });
}
