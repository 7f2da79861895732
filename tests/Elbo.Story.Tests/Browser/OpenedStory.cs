using System.Collections.Concurrent;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Elbo.Story.Tests;

/// <summary>
/// The story opened from the disk, with what it must never do on record: script errors, errors in the console, violations of the content
/// security policy, and requests beyond the file.
/// </summary>
internal sealed class OpenedStory : IAsyncDisposable
{
    private static readonly string[] OwnSchemes = ["blob", "data", "about"];
    private readonly ConcurrentQueue<string> _errors = [];
    private readonly IBrowserContext _context;

    private OpenedStory(IBrowserContext context) => _context = context;

    public required IPage Page { get; init; }

    /// <summary>Opens the story at a link.</summary>
    /// <param name="browser">The browser.</param>
    /// <param name="file">The file.</param>
    /// <param name="link">What follows the file's name, such as <c>#scene=4</c>.</param>
    /// <param name="width">The width of the window in pixels.</param>
    /// <param name="script">What runs before the page's own scripts, or null.</param>
    public static Task<OpenedStory> Open(
        TestBrowser browser, StoryFile file, string link, int width = 1280, string? script = null) =>
        Open(browser, file.Address, link, width, script);

    /// <summary>Opens the story in another file at a link.</summary>
    public static async Task<OpenedStory> Open(
        TestBrowser browser, string address, string link, int width = 1280, string? script = null)
    {
        var context = await browser.Open(new()
        {
            ViewportSize = new() { Width = width, Height = 800 },
            ReducedMotion = ReducedMotion.Reduce,
            Locale = "en-GB",
        });
        var story = new OpenedStory(context) { Page = await context.NewPageAsync() };
        context.Console += (_, message) =>
        {
            if (message.Type == "error")
                story._errors.Enqueue($"console: {message.Text}");
        };
        context.WebError += (_, error) => story._errors.Enqueue($"script: {error.Error}");
        context.Request += (_, request) =>
        {
            var isOwn = OwnSchemes.Contains(new Uri(request.Url).Scheme) || request.Url.Split('#')[0] == address;
            if (!isOwn)
                story._errors.Enqueue($"request: {request.Url}");
        };
        story.Page.WebSocket += (_, socket) => story._errors.Enqueue($"request: {socket.Url}");
        // Not every violation is logged to the console as an error.
        await context.AddInitScriptAsync(
            """
            document.addEventListener(
                'securitypolicyviolation', event => console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`));
            """);
        if (script is not null)
            await context.AddInitScriptAsync(script);
        await story.Page.GotoAsync(address + link);
        return story;
    }

    /// <summary>Waits until a scene's stage has drawn something: a canvas with pixels of different colours.</summary>
    public async Task WaitForStage(int scene)
    {
        await Expect(Page.Locator($"section.stage.scene-{scene}")).ToBeVisibleAsync();
        await Page.WaitForFunctionAsync(
            """
            () => [...document.querySelectorAll('section.stage canvas')].some(canvas => {
                if (!canvas.checkVisibility() || canvas.width === 0 || canvas.height === 0)
                    return false;
                const pixels = new Uint32Array(canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data.buffer);
                return pixels.some(pixel => pixel !== pixels[0]);
            })
            """);
    }

    /// <summary>Waits until several frames have been drawn, so that what fails while drawing has failed.</summary>
    public Task WaitForFrames() => Page.EvaluateAsync(
        """
        async () => {
            for (let frame = 0; frame < 5; frame++)
                await new Promise(requestAnimationFrame);
        }
        """);

    public void AssertNoErrors() => Assert.Empty(_errors);

    public ValueTask DisposeAsync() => _context.DisposeAsync();
}
