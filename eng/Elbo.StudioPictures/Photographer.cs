using Elbo.Browsing;
using Elbo.Studio;
using Microsoft.Playwright;

namespace Elbo.StudioPictures;

/// <summary>Opens a studio of its own in a browser and takes pictures of it.</summary>
internal static class Photographer
{
    public static async Task TakeAll(IReadOnlyList<Scene> scenes, string folder, string? runs, CancellationToken cancellation)
    {
        Directory.CreateDirectory(folder);
        var options = new StudioOptions { Roots = [Path.GetFullPath(runs ?? Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()))], Port = 0 };
        await using var studio = await StudioServer.StartAsync(options, cancellation);
        using var playwright = await DebianChromium.StartDriver();
        await using var browser = await DebianChromium.Launch(playwright);
        foreach (var scene in scenes)
        {
            cancellation.ThrowIfCancellationRequested();
            await Take(browser, studio, scene, Path.Combine(folder, scene.Name + ".png"));
            Console.WriteLine(scene.Name);
        }
    }

    private static async Task Take(IBrowser browser, StudioServer studio, Scene scene, string file)
    {
        await using var context = await browser.NewContextAsync(new()
        {
            BaseURL = $"http://localhost:{studio.Port}/",
            ViewportSize = new() { Width = scene.Width, Height = scene.Height },
            ColorScheme = scene.Dark ? ColorScheme.Dark : ColorScheme.Light,
            Locale = scene.Language,
            ReducedMotion = ReducedMotion.Reduce,
        });
        var page = await context.NewPageAsync();
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
                Console.Error.WriteLine($"{scene.Name}: {message.Text}");
        };
        await page.GotoAsync(studio.Address.ToString());
        await page.GotoAsync(scene.Address);
        await page.Locator("main h1").WaitForAsync();
        await page.Locator("main .mud-progress-linear").WaitForAsync(new() { State = WaitForSelectorState.Detached });
        await scene.Prepare(page);
        await page.WaitForTimeoutAsync(300);
        await page.ScreenshotAsync(new() { Path = file, FullPage = scene.WholePage });
    }
}
