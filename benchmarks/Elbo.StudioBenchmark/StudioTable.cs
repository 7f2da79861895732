using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using Elbo.Benchmarks;
using Microsoft.Playwright;

namespace Elbo.StudioBenchmark;

/// <summary>
/// Measures the time to the first view, the response times, the memory usage with many windows, and errors, and writes the tables.
/// </summary>
internal static class StudioTable
{
    private const int WarmUpSeconds = 60;

    public static async Task<int> Measure(TimeSpan time, int windows, int openings, string? output, CancellationToken cancellation)
    {
        using var playwright = await DebianChromium.StartDriver();
        await using var browser = await DebianChromium.Launch(playwright);
        var machine = Machine.Describe($"Browser: Chromium {browser.Version} without a window, on the same machine");
        List<(double Start, double View)> opened = [];
        for (var i = 0; i < openings; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            opened.Add(await OpenOne(browser));
            Console.Error.WriteLine($"  first picture {i + 1} of {openings}: {opened[^1].View:0} ms");
        }

        var errors = new ConcurrentQueue<string>();
        await using var studio = StudioProcess.Start();
        var address = await studio.Address;
        // Before the other windows are there, as one hand has it.
        var local = await SliderTimes.Measure(browser, address, inBrowser: true);
        var remote = await SliderTimes.Measure(browser, address, inBrowser: false);
        Console.Error.WriteLine(
            $"  slider: {Spread.Of(local).ToString("0.0")} ms in the browser, {Spread.Of(remote).ToString("0.0")} ms by the server");
        var until = DateTime.UtcNow + time;
        var users = await Task.WhenAll(Enumerable.Range(0, windows).Select(number => SimulatedUser.Open(browser, address, number, errors)));
        await Task.WhenAll(users.Select(user => user.Run(until)));
        await Task.WhenAll(users.Select(user => user.Close()));
        await studio.Stop();
        Write(output, machine, time, windows, opened, (local, remote), studio, users.Sum(user => user.Responses), [.. errors]);
        return errors.IsEmpty && studio.Errors.Count == 0 ? 0 : 1;
    }

    /// <summary>
    /// Starts a studio and opens it; returns the milliseconds until it printed its URL, and from then until its first view, a scene of the
    /// story, had drawn a picture that the hand can change.
    /// </summary>
    private static async Task<(double Start, double View)> OpenOne(IBrowser browser)
    {
        var watch = Stopwatch.StartNew();
        await using var studio = StudioProcess.Start();
        var address = await studio.Address;
        var start = watch.Elapsed.TotalMilliseconds;
        await using var context = await browser.NewContextAsync();
        var page = await context.NewPageAsync();
        watch.Restart();
        await page.GotoAsync(address, new() { WaitUntil = WaitUntilState.Commit });
        await page.WaitForFunctionAsync(FirstPicture);
        return (start, watch.Elapsed.TotalMilliseconds);
    }

    private const string FirstPicture =
        """
        () => [...document.querySelectorAll('section.stage canvas')].some(canvas => {
            if (!canvas.checkVisibility() || canvas.width === 0 || canvas.height === 0)
                return false;
            const pixels = new Uint32Array(canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data.buffer);
            return pixels.some(pixel => pixel !== pixels[0]);
        })
        """;

    private static void Write(
        string? output,
        IReadOnlyList<string> machine,
        TimeSpan time,
        int windows,
        List<(double Start, double View)> opened,
        (List<double> Local, List<double> Remote) slider,
        StudioProcess studio,
        int displayed,
        List<string> errors)
    {
        var text = new StringBuilder("# The studio\n\n");
        foreach (var line in machine)
            text.Append($"- {line}\n");
        text.Append($"\n{windows} browser windows for {time.TotalMinutes:0.#} minutes, each with its own cookies and page: ");
        text.Append("half of them move the slider of beta and point at\n");
        text.Append("the latent plane in the story, which answers in the page itself, half move the sliders of a code, and each waits ");
        text.Append("0.3 s after a response.\n\n");
        text.Append("## Response times\n\n");
        text.Append("Milliseconds, measured on the server: from the arrival of an event to the last resulting change of the page. ");
        text.Append("The response to a slider goes through\n");
        text.Append("the browser, which changes its URL and reports it back; the server's share excludes this.\n\n");
        text.Append("| event | responses | server, median (quartiles) | 95th percentile ");
        text.Append("| with the browser's share, median (quartiles) | 95th percentile |\n");
        text.Append("| --- | ---: | ---: | ---: | ---: | ---: |\n");
        var csv = new StringBuilder("series,x,contender,round,unit,value\n");
        foreach (var kind in studio.Responses.GroupBy(response => response.Kind).OrderByDescending(kind => kind.Key))
        {
            double[] own = [.. kind.Select(response => response.Server).Order()];
            double[] whole = [.. kind.Select(response => response.Whole).Order()];
            text.Append($"| {kind.Key} | {own.Length} | {Spread.Of(own).ToString("0.0")} | {Spread.Quantile(own, 0.95):0.0} ");
            text.Append($"| {Spread.Of(whole).ToString("0.0")} | {Spread.Quantile(whole, 0.95):0.0} |\n");
            foreach (var (index, response) in kind.Index())
            {
                csv.Append($"\"server\",,\"{kind.Key}\",{index + 1},ms,{response.Server:0.000}\n");
                csv.Append($"\"whole\",,\"{kind.Key}\",{index + 1},ms,{response.Whole:0.000}\n");
            }
        }

        text.Append($"\nResponses displayed in the windows: {displayed}. Errors in the windows: {errors.Count}. ");
        text.Append($"Error lines written by the studio: {studio.Errors.Count}.\n");
        text.Append($"Processor time of the server: {studio.ProcessorSeconds:0.0} s for {studio.Responses.Count} responses, ");
        text.Append("including startup and the opening of all views.\n");
        var counts = errors.Concat(studio.Errors).Select(Shortened).CountBy(error => error);
        foreach (var error in counts.OrderByDescending(error => error.Value).Take(10))
            text.Append($"- {error.Value} times: {error.Key}\n");
        text.Append("\n## Memory of the server\n\nMiB; managed memory is measured after a garbage collection.\n\n");
        text.Append("| second | managed | resident | pages |\n| ---: | ---: | ---: | ---: |\n");
        foreach (var (index, sample) in studio.Memory.Index())
        {
            text.Append($"| {sample.Seconds:0} | {sample.Managed:0.0} | {sample.Resident:0} | {sample.Pages} |\n");
            csv.Append($"\"memory\",{sample.Seconds},\"managed\",{index + 1},MiB,{sample.Managed}\n");
            csv.Append($"\"memory\",{sample.Seconds},\"resident\",{index + 1},MiB,{sample.Resident}\n");
        }

        text.Append(Growth(studio.Memory));
        text.Append("\n## A slider\n\nMilliseconds from its input event to the frame in which its picture is another one, ");
        text.Append("measured in the page, in one window.\n\n| decoded | moves | median (quartiles) | 95th percentile |\n");
        text.Append("| --- | ---: | ---: | ---: |\n");
        foreach (var (name, times) in new[] { ("in the browser", slider.Local), ("by the server", slider.Remote) })
        {
            text.Append($"| {name} | {times.Count} | {Spread.Of(times).ToString("0.0")} | ");
            text.Append($"{Spread.Quantile([.. times.Order()], 0.95):0.0} |\n");
            foreach (var (index, each) in times.Index())
                csv.Append($"\"slider\",,\"{name}\",{index + 1},ms,{each:0.000}\n");
        }

        text.Append("\n## The first view\n\nMilliseconds, each with a newly started studio and a new window of a running browser.\n\n");
        text.Append("| | median (quartiles) |\n| --- | ---: |\n");
        text.Append($"| from the start of the program to its address | {Spread.Of(opened.Select(each => each.Start)).ToString("0")} |\n");
        var firstPictures = Spread.Of(opened.Select(each => each.View)).ToString("0");
        text.Append($"| from opening the address to the first live picture | {firstPictures} |\n");
        foreach (var (index, (start, view)) in opened.Index())
            csv.Append($"\"opening\",,\"program\",{index + 1},ms,{start:0.0}\n\"opening\",,\"view\",{index + 1},ms,{view:0.0}\n");

        var folder = output ?? Checkout.ResultsFolder();
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "studio.md"), text.ToString());
        File.WriteAllText(Path.Combine(folder, "studio.csv"), csv.ToString());
        Console.WriteLine(text);
    }

    internal static string Growth(IReadOnlyList<MemorySample> samples)
    {
        var late = samples.Where(sample => sample.Seconds >= WarmUpSeconds).ToArray();
        if (late.Length < 6)
            return "\nThe measurement is too short to detect growth: the first minute is excluded.\n";
        var third = late.Length / 3;
        return "\nChange from the first to the last third after the first minute, on average: "
            + $"managed {Difference(sample => sample.Managed):+0.0;-0.0;0.0} MiB, "
            + $"resident {Difference(sample => sample.Resident):+0.0;-0.0;0.0} MiB.\n";

        double Difference(Func<MemorySample, double> of) => late[^third..].Average(of) - late[..third].Average(of);
    }

    private static string Shortened(string text) =>
        text.ReplaceLineEndings(" ") is { Length: > 160 } longer ? longer[..160] : text.ReplaceLineEndings(" ");
}
