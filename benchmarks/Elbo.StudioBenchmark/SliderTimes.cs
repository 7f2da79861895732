using Microsoft.Playwright;

namespace Elbo.StudioBenchmark;

/// <summary>
/// Measures, inside the page, the time from the input event of a slider of the generate view to the frame in which its picture is another
/// one. A frame counts as painted at the message that its animation callback has sent, which is handled after the rendering.
/// </summary>
internal static class SliderTimes
{
    private const int Moves = 100;

    private const string Script =
        """
        globalThis.timeInput = () => new Promise(resolve => {
            const image = document.querySelector('img.slider-image'), canvas = document.querySelector('.slider-picture canvas');
            const shown = () => canvas.hidden ? image.src
                : canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data.join();
            const before = shown();
            addEventListener('input', ({ timeStamp }) => {
                const end = timeStamp + 2000;
                const look = () => {
                    const now = performance.now();
                    if (shown() !== before)
                        resolve(now - timeStamp);
                    else if (now > end)
                        resolve(null);
                    else
                        requestAnimationFrame(() => {
                            const { port1, port2 } = new MessageChannel();
                            port1.onmessage = look;
                            port2.postMessage(null);
                        });
                };
                requestAnimationFrame(() => {
                    const { port1, port2 } = new MessageChannel();
                    port1.onmessage = look;
                    port2.postMessage(null);
                });
            }, { capture: true, once: true });
        });
        """;

    /// <summary>Moves a slider with the pointer and returns the milliseconds of each move that changed the picture.</summary>
    /// <param name="browser">The browser.</param>
    /// <param name="address">The address of the studio.</param>
    /// <param name="inBrowser">Whether the page gets the weights; else the server decodes.</param>
    public static async Task<List<double>> Measure(IBrowser browser, string address, bool inBrowser)
    {
        await using var context = await browser.NewContextAsync(
            new() { ViewportSize = new() { Width = 1280, Height = 900 }, Locale = "en" });
        await context.AddInitScriptAsync(Script);
        if (!inBrowser)
            await context.RouteAsync("**/models/**", route => route.FulfillAsync(new() { Status = 204 }));
        var page = await context.NewPageAsync();
        await page.GotoAsync(address);
        await page.GotoAsync(new Uri(new Uri(page.Url), "/generate").ToString());
        var slider = page.Locator(".sliders input[type=range]").First;
        await slider.ScrollIntoViewIfNeededAsync();
        var box = (await slider.BoundingBoxAsync())!;
        await page.Mouse.MoveAsync(box.X + box.Width / 2, box.Y + box.Height / 2);
        await page.Locator($".slider-layout[data-hand={(inBrowser ? "ready" : "server")}]").WaitForAsync();
        await page.Mouse.DownAsync();
        var times = new List<double>();
        for (var move = 0; move < Moves; move++)
        {
            await page.EvaluateAsync("() => { globalThis.timed = timeInput(); }");
            // Far enough from the place before that the picture is another one.
            var place = 0.5 + 0.4 * Math.Sin(2.1 * move + 1);
            await page.Mouse.MoveAsync((float)(box.X + place * box.Width), box.Y + box.Height / 2);
            if (await page.EvaluateAsync<double?>("() => timed") is { } time)
                times.Add(time);
        }

        return times.Count >= Moves / 2
            ? times
            : throw new InvalidOperationException($"Only {times.Count} of {Moves} moves of the slider changed its picture.");
    }
}
