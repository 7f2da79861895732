using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace Elbo.StudioBenchmark;

/// <summary>Somebody with a browser window of their own who moves sliders and points at planes, and looks at each answer before going on.</summary>
internal sealed class Visitor(IPage page, int number, ConcurrentQueue<string> errors)
{
    /// <summary>How long one looks.</summary>
    private static readonly TimeSpan LookingTime = TimeSpan.FromMilliseconds(300);

    private readonly Random _random = new(number);
    private readonly (int X, int Y)[] _places = new (int, int)[3];

    /// <summary>Answers that were seen.</summary>
    public int Answers { get; private set; }

    public static async Task<Visitor> Arrive(IBrowser browser, string address, int number, ConcurrentQueue<string> errors)
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
        return new Visitor(page, number, errors);
    }

    /// <summary>Every other visitor is at the worlds, the rest generate.</summary>
    public async Task Stay(DateTime until)
    {
        var atWorlds = number % 2 == 0;
        await Safely(() => OpenView(atWorlds ? "worlds" : "generate"));
        while (DateTime.UtcNow < until)
        {
            await Safely(atWorlds ? Compare : Turn);
            await Task.Delay(LookingTime);
        }
    }

    /// <summary>Closes the window.</summary>
    public Task Leave() => page.Context.CloseAsync();

    private async Task OpenView(string view)
    {
        await page.GotoAsync(new Uri(new Uri(page.Url), "/" + view).ToString());
        await page.Locator("main img").First.WaitForAsync();
    }

    private async Task Compare()
    {
        var slider = page.Locator("#beta");
        var stop = int.Parse(await slider.InputValueAsync());
        var max = int.Parse((await slider.GetAttributeAsync("max"))!);
        var key = stop == max || (stop > 0 && _random.Next(2) == 0) ? "ArrowLeft" : "ArrowRight";
        await Seeing("label[for=beta] strong", "textContent", () => slider.PressAsync(key));
        await Task.Delay(LookingTime);
        var world = _random.Next(3);
        // Another place than the last one there, by more than what two numbers of one digit hide.
        var (x, y) = _places[world];
        while (Math.Abs(x - _places[world].X) < 20)
            (x, y) = (20 + _random.Next(200), 20 + _random.Next(200));
        _places[world] = (x, y);
        await Seeing($".world:nth-child({world + 1}) .decoded figcaption", "textContent", () => page.Locator(".world svg.plane").Nth(world).HoverAsync(new()
        {
            Position = new() { X = x, Y = y },
        }));
    }

    private async Task Turn()
    {
        // Sorted by what they tell: the first ones change the picture.
        var slider = page.Locator(".sliders input[type=range]").Nth(_random.Next(5));
        var value = double.Parse(await slider.InputValueAsync());
        var key = value >= 3 || (value > -3 && _random.Next(2) == 0) ? "ArrowLeft" : "ArrowRight";
        await Seeing("img.slider-image", "src", () => slider.PressAsync(key));
    }

    /// <summary>Does something and waits until a part of the page is another.</summary>
    private async Task Seeing(string selector, string property, Func<Task> act)
    {
        var before = await page.EvaluateAsync<string>("([selector, property]) => document.querySelector(selector)[property]", new[] { selector, property });
        await act();
        try
        {
            await page.WaitForFunctionAsync(
                "([selector, property, before]) => document.querySelector(selector)?.[property] !== before", new[] { selector, property, before });
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"No other {property} of {selector} within 30 s; it is {(property == "src" ? "the same picture" : before)} on {page.Url}");
        }

        Answers++;
    }

    private async Task Safely(Func<Task> act)
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
