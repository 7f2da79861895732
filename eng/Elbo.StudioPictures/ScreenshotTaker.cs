using Elbo.Studio;
using Microsoft.Playwright;

namespace Elbo.StudioPictures;

/// <summary>Starts a studio, opens it in a browser and takes screenshots.</summary>
internal static class ScreenshotTaker
{
    public static async Task TakeAll(IReadOnlyList<Screenshot> screenshots, string folder, string? runs, CancellationToken cancellation)
    {
        Directory.CreateDirectory(folder);
        var root = Path.GetFullPath(runs ?? Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()));
        var options = new StudioOptions { Roots = [root], Port = 0 };
        await using var studio = await StudioServer.StartAsync(options, cancellation);
        using var playwright = await DebianChromium.StartDriver();
        await using var browser = await DebianChromium.Launch(playwright);
        foreach (var screenshot in screenshots)
        {
            cancellation.ThrowIfCancellationRequested();
            await Take(browser, studio, screenshot, Path.Combine(folder, screenshot.Name + ".png"));
            Console.WriteLine(screenshot.Name);
        }
    }

    private static async Task Take(IBrowser browser, StudioServer studio, Screenshot screenshot, string file)
    {
        await using var context = await browser.NewContextAsync(new()
        {
            BaseURL = $"http://localhost:{studio.Port}/",
            ViewportSize = new() { Width = screenshot.Width, Height = screenshot.Height },
            ColorScheme = screenshot.Dark ? ColorScheme.Dark : ColorScheme.Light,
            Locale = screenshot.Language,
            ReducedMotion = ReducedMotion.Reduce,
        });
        var page = await context.NewPageAsync();
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
                Console.Error.WriteLine($"{screenshot.Name}: {message.Text}");
        };
        await page.GotoAsync(studio.Address.ToString());
        await page.GotoAsync(screenshot.Address);
        await page.Locator("main h1").WaitForAsync();
        await page.Locator("main .mud-progress-linear").WaitForAsync(new() { State = WaitForSelectorState.Detached });
        await screenshot.Prepare(page);
        await page.WaitForTimeoutAsync(300);
        await page.ScreenshotAsync(new() { Path = file, FullPage = screenshot.WholePage });
    }
}
