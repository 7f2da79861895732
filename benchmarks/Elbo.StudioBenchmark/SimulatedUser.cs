using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace Elbo.StudioBenchmark;

/// <summary>A simulated user with a browser window, who moves sliders and points at pictures, with a pause after each response.</summary>
internal sealed class SimulatedUser(IPage page, int number, ConcurrentQueue<string> errors)
{
    /// <summary>The pause after each response.</summary>
    private static readonly TimeSpan PauseBetweenActions = TimeSpan.FromMilliseconds(300);

    private readonly Random _random = new(number);

    /// <summary>The number of displayed responses.</summary>
    public int Responses { get; private set; }

    public static async Task<SimulatedUser> Open(IBrowser browser, string address, int number, ConcurrentQueue<string> errors)
    {
        var context = await browser.NewContextAsync(new() { ViewportSize = new() { Width = 1280, Height = 900 }, Locale = "en" });
        context.Console += (_, message) =>
        {
            if (message.Type == "error")
                errors.Enqueue(message.Text);
        };
        context.WebError += (_, error) => errors.Enqueue(error.Error);
        context.RequestFailed += (_, request) => errors.Enqueue($"{request.Url}: {request.Failure}");
        var page = await context.NewPageAsync();
        await page.GotoAsync(address);
        return new SimulatedUser(page, number, errors);
    }

    /// <summary>Uses two scenes of the story or, for every other user, the generate view until the end of the measurement.</summary>
    public async Task Run(DateTime until)
    {
        var atStory = number % 2 == 0;
        if (!atStory)
            await RecordErrors(() => OpenView("generate"));
        while (DateTime.UtcNow < until)
        {
            await RecordErrors(atStory ? UseStory : UseSliders);
            await Task.Delay(PauseBetweenActions);
        }
    }

    /// <summary>Closes the window.</summary>
    public Task Close() => page.Context.CloseAsync();

    private async Task OpenView(string view)
    {
        await page.GotoAsync(new Uri(new Uri(page.Url), "/" + view).ToString());
        await page.Locator("main img").First.WaitForAsync();
    }

    private async Task UseStory()
    {
        await OpenScene(8);
        var slider = page.Locator(".slide input");
        var stop = int.Parse(await slider.InputValueAsync());
        var max = int.Parse((await slider.GetAttributeAsync("max"))!);
        var key = stop == max || (stop > 0 && _random.Next(2) == 0) ? "ArrowLeft" : "ArrowRight";
        await ActAndWait(".scene-8 .beside h2", "textContent", () => slider.PressAsync(key));
        await Task.Delay(PauseBetweenActions);
        await OpenScene(2);
        var plane = page.Locator(".scene-2 .over canvas").First;
        var box = (await plane.BoundingBoxAsync())!;
        var (x, y) = ((float)_random.NextDouble() * box.Width, (float)_random.NextDouble() * box.Height);
        await ActAndWait(
            ".scene-2 .decoded figcaption", "textContent", () => plane.HoverAsync(new() { Position = new() { X = x, Y = y } }));
    }

    private async Task OpenScene(int scene)
    {
        await page.EvaluateAsync("scene => { location.hash = `scene=${scene}`; }", scene);
        await page.Locator($"section.scene-{scene} canvas").First.WaitForAsync();
    }

    private async Task UseSliders()
    {
        // The sliders are sorted by KL: the first ones change the image.
        var slider = page.Locator(".sliders input[type=range]").Nth(_random.Next(5));
        var value = double.Parse(await slider.InputValueAsync());
        var key = value >= 3 || (value > -3 && _random.Next(2) == 0) ? "ArrowLeft" : "ArrowRight";
        await ActAndWait("img.slider-image", "src", () => slider.PressAsync(key));
    }

    /// <summary>Performs an action and waits until an element of the page has changed.</summary>
    private async Task ActAndWait(string selector, string property, Func<Task> act)
    {
        var before = await page.EvaluateAsync<string>(
            "([selector, property]) => document.querySelector(selector)[property]", new[] { selector, property });
        await act();
        try
        {
            await page.WaitForFunctionAsync(
                "([selector, property, before]) => document.querySelector(selector)?.[property] !== before",
                new[] { selector, property, before });
        }
        catch (TimeoutException)
        {
            var current = property == "src" ? "the same image" : before;
            throw new TimeoutException($"The {property} of {selector} did not change within 30 s; it is {current} on {page.Url}");
        }

        Responses++;
    }

    private async Task RecordErrors(Func<Task> act)
    {
        try
        {
            await act();
        }
        catch (Exception exception) when (exception is PlaywrightException or TimeoutException)
        {
            errors.Enqueue(exception.Message.Split('\n')[0]);
        }
    }
}
