using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace Elbo.StudioBenchmark;

/// <summary>
/// A simulated user who does anything that a page offers, in any order and without waiting for an answer: presses buttons and keys, moves
/// sliders, points at pictures, changes views, goes back, loads anew, and opens and closes tabs in the middle of it.
/// </summary>
internal sealed class RandomUser(IBrowserContext context, string address, int number, ConcurrentQueue<string> errors)
{
    private const int MaxPauseMilliseconds = 400;
    private const string Offered = "main button:visible, main [role=tab]:visible, main select:visible, main input:visible, nav a:visible";

    // It would start a training; and what leaves the page is no part of the studio.
    private static readonly string[] Excluded = ["train", "start", "stop", "delete", "训练", "开始", "停止", "删除"];
    private static readonly string[] Keys =
    [
        "ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Tab", "Enter", "Escape", "PageDown", "0", "1", "4", "6", "7", "9",
    ];

    private readonly Random _random = new(number);

    /// <summary>The number of actions that the page took.</summary>
    public int Actions { get; private set; }

    public static async Task<RandomUser> Open(IBrowser browser, string address, int number, ConcurrentQueue<string> errors)
    {
        var isSmall = number % 3 == 0;
        var context = await browser.NewContextAsync(new()
        {
            ViewportSize = isSmall ? new() { Width = 380, Height = 800 } : new() { Width = 1280, Height = 900 },
            Locale = number % 2 == 0 ? "en" : "zh-CN",
        });
        context.Console += (_, message) =>
        {
            if (message.Type == "error")
                errors.Enqueue(message.Text);
        };
        context.WebError += (_, error) => errors.Enqueue(error.Error);
        return new RandomUser(context, address, number, errors);
    }

    /// <summary>Acts until the end of the measurement.</summary>
    public async Task Run(DateTime until)
    {
        var page = await OpenTab();
        while (DateTime.UtcNow < until)
        {
            try
            {
                page = await Act(page);
                Actions++;
            }
            catch (Exception exception) when (exception is PlaywrightException or TimeoutException)
            {
                // What was chosen is gone, is covered or cannot be used: the next action is another.
            }

            await Task.Delay(_random.Next(MaxPauseMilliseconds));
        }
    }

    /// <summary>Closes all tabs.</summary>
    public Task Close() => context.CloseAsync();

    private async Task<IPage> OpenTab()
    {
        var page = await context.NewPageAsync();
        page.SetDefaultTimeout(2000);
        page.Dialog += (_, dialog) => _ = dialog.DismissAsync();
        try
        {
            await page.GotoAsync(address, new() { WaitUntil = WaitUntilState.Commit, Timeout = 30000 });
        }
        catch (Exception exception) when (exception is PlaywrightException or TimeoutException)
        {
            errors.Enqueue($"The studio did not open: {exception.Message.Split('\n')[0]}");
        }

        return page;
    }

    private async Task<IPage> Act(IPage page)
    {
        switch (_random.Next(20))
        {
            case 0:
                // The new tab first, so that the context never has none.
                var next = await OpenTab();
                await page.CloseAsync();
                return next;
            case 1:
                await page.ReloadAsync(new() { WaitUntil = WaitUntilState.Commit });
                return page;
            case 2:
                await page.GoBackAsync(new() { WaitUntil = WaitUntilState.Commit });
                return page;
            case < 8:
                await page.Keyboard.PressAsync(Keys[_random.Next(Keys.Length)]);
                return page;
            case < 12:
                await PointSomewhere(page);
                return page;
            default:
                await UseSomething(page);
                return page;
        }
    }

    private async Task PointSomewhere(IPage page)
    {
        var pictures = page.Locator("main svg:visible, main img:visible, main canvas:visible");
        if (await pictures.CountAsync() is > 0 and var count
            && await pictures.Nth(_random.Next(count)).BoundingBoxAsync() is { } box)
        {
            var (x, y) = (_random.NextDouble() * box.Width, _random.NextDouble() * box.Height);
            await page.Mouse.MoveAsync(box.X + (float)x, box.Y + (float)y);
        }

        if (_random.Next(3) > 0)
            return;
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(_random.Next(380), _random.Next(800));
        await page.Mouse.UpAsync();
    }

    private async Task UseSomething(IPage page)
    {
        var offered = page.Locator(Offered);
        if (await offered.CountAsync() is not (> 0 and var count))
            return;
        var chosen = offered.Nth(_random.Next(count));
        var text = $"{await chosen.TextContentAsync()} {await chosen.GetAttributeAsync("class")} {await chosen.GetAttributeAsync("id")}";
        if (Excluded.Any(word => text.Contains(word, StringComparison.OrdinalIgnoreCase)))
            return;
        if (await chosen.GetAttributeAsync("type") == "range")
            await chosen.PressAsync(Keys[_random.Next(4)]);
        else
            await chosen.ClickAsync();
    }
}
