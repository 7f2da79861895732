using Microsoft.Playwright;

namespace Elbo.StudioBenchmark;

/// <summary>
/// Measures inside the page. A frame counts as painted at the message that its animation callbacks have sent: it is handled after the
/// rendering that follows them.
/// </summary>
internal static class StoryProbe
{
    private const string Script =
        """
        (() => {
            const pixels = canvas => new Uint32Array(
                canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data.buffer);
            const isDrawn = canvas => canvas.checkVisibility() && canvas.width > 0 && canvas.height > 0
                && pixels(canvas).some((pixel, _, all) => pixel !== all[0]);
            const afterFrame = act => requestAnimationFrame(() => {
                const { port1, port2 } = new MessageChannel();
                port1.onmessage = act;
                port2.postMessage(null);
            });
            globalThis.firstPicture = new Promise(resolve => {
                const look = () => {
                    const now = performance.now();
                    if ([...document.querySelectorAll('section.stage canvas')].some(isDrawn))
                        resolve(now);
                    else
                        afterFrame(look);
                };
                afterFrame(look);
            });
            // From the next move to the frame in which the picture is another one: since the page was given the move, and since the browser
            // had it. Null if thirty frames show the same picture.
            globalThis.timeMove = selector => new Promise(resolve => {
                const canvas = document.querySelector(selector), before = pixels(canvas);
                addEventListener('pointermove', ({ timeStamp }) => {
                    const given = performance.now();
                    let frames = 0;
                    const look = () => {
                        const now = performance.now();
                        if (pixels(canvas).some((pixel, index) => pixel !== before[index]))
                            resolve([now - given, now - timeStamp, frames + 1]);
                        else if (++frames === 30)
                            resolve(null);
                        else
                            afterFrame(look);
                    };
                    afterFrame(look);
                }, { capture: true, once: true });
            });
        })();
        """;

    /// <summary>Opens the story at a link in a window of its own.</summary>
    public static async Task<IPage> Open(IBrowser browser, string address)
    {
        var context = await browser.NewContextAsync(new()
        {
            ViewportSize = new() { Width = 1280, Height = 800 },
            ReducedMotion = ReducedMotion.Reduce,
        });
        await context.AddInitScriptAsync(Script);
        var page = await context.NewPageAsync();
        await page.GotoAsync(address, new() { WaitUntil = WaitUntilState.Commit });
        return page;
    }

    /// <summary>Milliseconds from the start of the navigation until a canvas of the stage shows something.</summary>
    public static Task<double> FirstPicture(IPage page) => page.EvaluateAsync<double>("() => firstPicture");

    /// <summary>
    /// Moves the pointer to a place and returns the milliseconds until the picture has changed, since the page was given the move and since
    /// the browser had it, and the number of frames that were needed; null if the picture stays as it is.
    /// </summary>
    public static async Task<double[]?> Move(IPage page, string picture, float x, float y)
    {
        await page.EvaluateAsync("selector => { globalThis.timed = timeMove(selector); }", picture);
        await page.Mouse.MoveAsync(x, y);
        return await page.EvaluateAsync<double[]?>("() => timed");
    }
}
