using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Elbo.StudioPictures;

/// <summary>
/// Scene 4 of the committed story for the README: a reader has answered the question and dragged the ellipse to a better place than the
/// encoder's, and the answers are open.
/// </summary>
internal static class StoryPicture
{
    private const string Link = "#scene=4&lang=en&theme=light&digit=0&shown=1&q=0.2057,1.8427,0.0674,0.0674";
    private const string Guess = "It stays";

    // Without the bar at the bottom of the window, which would cover the table.
    private static readonly Clip Shown = new() { X = 0, Y = 0, Width = 1280, Height = 830 };

    /// <summary>Takes the picture.</summary>
    /// <param name="story">The path of the story.</param>
    /// <param name="file">The path of the picture.</param>
    public static async Task Take(string story, string file)
    {
        using var playwright = await DebianChromium.StartDriver();
        await using var browser = await DebianChromium.Launch(playwright);
        var page = await browser.NewPageAsync(new()
        {
            ViewportSize = new() { Width = 1280, Height = 900 },
            ReducedMotion = ReducedMotion.Reduce,
        });
        await page.GotoAsync(new Uri(Path.GetFullPath(story)).AbsoluteUri + Link);
        await page.GetByRole(AriaRole.Button, new() { Name = Guess, Exact = true }).ClickAsync();
        await page.Locator(".reveal").ClickAsync();
        await Expect(page.Locator("#insight")).ToBeVisibleAsync();
        // The best ellipse comes with the final quadrature.
        await Expect(page.Locator("table.answers tbody tr")).ToHaveCountAsync(3, new() { Timeout = 60_000 });
        await page.EvaluateAsync("() => { document.activeElement.blur(); scrollTo(0, 0); }");
        await page.WaitForTimeoutAsync(300);
        await page.ScreenshotAsync(new() { Path = file, Clip = Shown });
        Console.WriteLine(file);
    }
}
