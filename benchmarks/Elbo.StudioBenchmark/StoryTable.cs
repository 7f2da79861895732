using System.Globalization;
using System.Text;
using Elbo.Benchmarks;
using Microsoft.Playwright;

namespace Elbo.StudioBenchmark;

/// <summary>
/// Measures the committed story as it opens from the disk: the time to the first picture, from a move of the pointer to the changed
/// picture, and the training steps of scene 5; and writes the tables.
/// </summary>
internal static class StoryTable
{
    private const int Openings = 11;
    private const int Moves = 60;
    private const int TrainingSeconds = 10;

    public static async Task<int> Measure(string? output, CancellationToken cancellation)
    {
        var address = new Uri(Path.Combine(Checkout.Root(), "docs", "story", "index.html")).AbsoluteUri;
        using var playwright = await DebianChromium.StartDriver();
        await using var browser = await DebianChromium.Launch(playwright);
        var machine = Machine.Describe($"Browser: Chromium {browser.Version} without a window, on the same machine");
        var opened = new List<double>();
        for (var i = 0; i < Openings; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            var page = await StoryProbe.Open(browser, address);
            opened.Add(await StoryProbe.FirstPicture(page));
            await page.Context.CloseAsync();
        }

        var moved = new List<(StoryMove Move, List<double[]> Times)>();
        foreach (var move in StoryMove.All)
        {
            cancellation.ThrowIfCancellationRequested();
            moved.Add((move, await TimesOf(browser, address, move)));
        }

        Write(output, machine, opened, moved, await StepsPerSecond(browser, address));
        return 0;
    }

    private static async Task<List<double[]>> TimesOf(IBrowser browser, string address, StoryMove move)
    {
        var page = await StoryProbe.Open(browser, $"{address}#scene={move.Scene}{move.State}");
        await StoryProbe.FirstPicture(page);
        var target = page.Locator(move.Target).First;
        await target.ScrollIntoViewIfNeededAsync();
        // What a scene prepares after it is shown is done before it is measured.
        await page.WaitForTimeoutAsync(5000);
        var box = await target.BoundingBoxAsync()
            ?? throw new InvalidOperationException($"Scene {move.Scene} does not show {move.Target}.");
        var times = new List<double[]>();
        for (var step = 0; step <= Moves; step++)
        {
            var (x, y) = move.At(step);
            (x, y) = (box.X + box.Width * x, box.Y + box.Height * y);
            if (step == 0)
            {
                await page.Mouse.MoveAsync(x, y);
                await page.Mouse.DownAsync();
            }
            else if (await StoryProbe.Move(page, move.Picture, x, y) is { } time)
            {
                times.Add(time);
            }
        }

        await page.Context.CloseAsync();
        return times.Count >= Moves / 2
            ? times
            : throw new InvalidOperationException($"Only {times.Count} of {Moves} moves changed the picture of scene {move.Scene}.");
    }

    private static async Task<double> StepsPerSecond(IBrowser browser, string address)
    {
        var page = await StoryProbe.Open(browser, $"{address}#scene=5&speed=full");
        await page.Locator(".two-pulls .play").ClickAsync();
        // The first steps come while the page is still busy with itself; training ends at 3,000 steps.
        var rate = await page.EvaluateAsync<double>(
            """
            seconds => new Promise(resolve => {
                let first = null;
                const timer = setInterval(() => {
                    const now = performance.now(), { textContent } = document.querySelector('.two-pulls .count');
                    const steps = Number(textContent.replace(/\D/g, ''));
                    if (steps < 20)
                        return;
                    first ??= [now, steps];
                    if (now - first[0] < 1000 * seconds && steps < 2500)
                        return;
                    clearInterval(timer);
                    resolve(1000 * (steps - first[1]) / (now - first[0]));
                }, 100);
            })
            """,
            TrainingSeconds);
        await page.Context.CloseAsync();
        return rate;
    }

    private static void Write(
        string? output,
        IReadOnlyList<string> machine,
        List<double> opened,
        List<(StoryMove Move, List<double[]> Times)> moved,
        double stepsPerSecond)
    {
        var text = new StringBuilder("# The story\n\n");
        foreach (var line in machine)
            text.Append(CultureInfo.InvariantCulture, $"- {line}\n");
        text.Append(FormattableString.Invariant($"""

            docs/story/index.html, opened from the disk in a window of 1280 by 800. Everything is measured inside the page. A frame
            counts as painted when the rendering that follows its animation callbacks is done; what the compositor and a screen add is
            not in it.

            ## The first picture

            Milliseconds from the start of the navigation to the painted frame in which a canvas of scene 1 shows something,
            {opened.Count} openings, each in a window of its own: median (quartiles) {Spread.Of(opened).ToString("0")}, longest
            {opened.Max():0}.

            ## From a move to the changed picture

            Milliseconds from a pointermove to the painted frame in which the picture is another one. *Given*: since the page was given the
            event, which the browser does just before a frame. *Had*: since the browser had it, so with the wait for that frame, up to 16.7.
            *Frames*: the share of moves whose picture changed in the first frame.

            | scene | what the hand does | moves | given, median (quartiles) | 95th percentile | had, median (quartiles) | frames |
            | ---: | --- | ---: | ---: | ---: | ---: | ---: |

            """).ReplaceLineEndings("\n"));
        var csv = new StringBuilder("series,x,contender,round,unit,value\n");
        foreach (var (index, time) in opened.Index())
            csv.Append(CultureInfo.InvariantCulture, $"\"opening\",,\"first picture\",{index + 1},ms,{time:0.0}\n");
        foreach (var (move, times) in moved)
        {
            double[] given = [.. times.Select(time => time[0]).Order()];
            text.Append(CultureInfo.InvariantCulture, $"| {move.Scene} | {move.Hand} | {times.Count} ");
            text.Append(CultureInfo.InvariantCulture, $"| {Spread.Of(given).ToString("0.0")} ");
            text.Append(CultureInfo.InvariantCulture, $"| {Spread.Quantile(given, 0.95):0.0} ");
            text.Append(CultureInfo.InvariantCulture, $"| {Spread.Of(times.Select(time => time[1])).ToString("0.0")} ");
            text.Append(CultureInfo.InvariantCulture, $"| {100.0 * times.Count(time => time[2] == 1) / times.Count:0} % |\n");
            foreach (var (index, time) in times.Index())
            {
                csv.Append(CultureInfo.InvariantCulture, $"\"given\",{move.Scene},\"story\",{index + 1},ms,{time[0]:0.00}\n");
                csv.Append(CultureInfo.InvariantCulture, $"\"had\",{move.Scene},\"story\",{index + 1},ms,{time[1]:0.00}\n");
            }
        }

        text.Append(FormattableString.Invariant($"""

            ## Training in the page

            Scene 5 at full speed: {stepsPerSecond:0.0} steps a second over {TrainingSeconds} s, each a batch of 32 for all three
            models, with the planes, pictures and curves of all three drawn.

            """).ReplaceLineEndings("\n"));
        csv.Append(CultureInfo.InvariantCulture, $"\"training\",,\"story\",1,1/s,{stepsPerSecond:0.0}\n");

        var folder = output ?? Checkout.ResultsFolder();
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "story.md"), text.ToString());
        File.WriteAllText(Path.Combine(folder, "story.csv"), csv.ToString());
        Console.WriteLine(text);
    }
}
