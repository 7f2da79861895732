using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using Elbo.Benchmarks;
using Elbo.Browsing;
using Microsoft.Playwright;

namespace Elbo.StudioBenchmark;

/// <summary>The table: how soon the first view is there, how soon answers are, what memory many windows cost, and what goes wrong.</summary>
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
            Console.Error.WriteLine($"  first view {i + 1} of {openings}: {opened[^1].View:0} ms");
        }

        var errors = new ConcurrentQueue<string>();
        await using var studio = StudioProcess.Start();
        var address = await studio.Address;
        var until = DateTime.UtcNow + time;
        var visitors = await Task.WhenAll(Enumerable.Range(0, windows).Select(number => Visitor.Arrive(browser, address, number, errors)));
        await Task.WhenAll(visitors.Select(visitor => visitor.Stay(until)));
        await Task.WhenAll(visitors.Select(visitor => visitor.Leave()));
        await studio.End();
        Write(output, machine, time, windows, opened, studio, visitors.Sum(visitor => visitor.Answers), [.. errors]);
        return errors.IsEmpty && studio.Complaints.Count == 0 ? 0 : 1;
    }

    /// <summary>Starts a studio and opens it: milliseconds until it said its address, and from there until its first view was seen.</summary>
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
        await page.Locator(".world img").Last.WaitForAsync();
        return (start, watch.Elapsed.TotalMilliseconds);
    }

    private static void Write(
        string? output, IReadOnlyList<string> machine, TimeSpan time, int windows, List<(double Start, double View)> opened, StudioProcess studio, int seen, List<string> errors)
    {
        var text = new StringBuilder("# The studio\n\n");
        foreach (var line in machine)
            text.Append($"- {line}\n");
        text.Append($"\n{windows} browser windows for {time.TotalMinutes:0.#} minutes, each with cookies and a page of its own: half of them move the slider of beta and point at the\n");
        text.Append("planes of the worlds, half turn the sliders of a code, and each looks at an answer for 0.3 s before it goes on.\n\n## Answers\n\n");
        text.Append("Milliseconds, counted in the server: from the arrival of an event to the last change of the page that comes of it. A slider's answer goes by way\n");
        text.Append("of the browser, which changes its address and tells it back; the server's own part leaves that out.\n\n");
        text.Append("| what is moved | answers | server, median (quartiles) | 95th percentile | with the browser's part, median (quartiles) | 95th percentile |\n");
        text.Append("| --- | ---: | ---: | ---: | ---: | ---: |\n");
        var csv = new StringBuilder("series,x,contender,round,unit,value\n");
        foreach (var kind in studio.Answers.GroupBy(answer => answer.Kind).OrderByDescending(kind => kind.Key))
        {
            double[] own = [.. kind.Select(answer => answer.Server).Order()];
            double[] whole = [.. kind.Select(answer => answer.Whole).Order()];
            text.Append($"| {kind.Key} | {own.Length} | {Spread.Of(own).ToString("0.0")} | {Spread.Quantile(own, 0.95):0.0} ");
            text.Append($"| {Spread.Of(whole).ToString("0.0")} | {Spread.Quantile(whole, 0.95):0.0} |\n");
            foreach (var (index, answer) in kind.Index())
                csv.Append($"\"server\",,\"{kind.Key}\",{index + 1},ms,{answer.Server:0.000}\n\"whole\",,\"{kind.Key}\",{index + 1},ms,{answer.Whole:0.000}\n");
        }

        text.Append($"\nAnswers that the windows saw: {seen}. Errors in the windows: {errors.Count}. Lines that the studio wrote of something wrong: {studio.Complaints.Count}.\n");
        text.Append($"Processor time of the server: {studio.ProcessorSeconds:0.0} s for {studio.Answers.Count} answers, its start and the opening of all views included.\n");
        foreach (var error in errors.Concat(studio.Complaints).Select(Shortened).CountBy(error => error).OrderByDescending(error => error.Value).Take(10))
            text.Append($"- {error.Value} times: {error.Key}\n");
        text.Append("\n## Memory of the server\n\nMiB; managed is what is alive after a collection.\n\n| second | managed | resident | pages |\n| ---: | ---: | ---: | ---: |\n");
        foreach (var (index, look) in studio.Memory.Index())
        {
            text.Append($"| {look.Seconds:0} | {look.Managed:0.0} | {look.Resident:0} | {look.Pages} |\n");
            csv.Append($"\"memory\",{look.Seconds},\"managed\",{index + 1},MiB,{look.Managed}\n\"memory\",{look.Seconds},\"resident\",{index + 1},MiB,{look.Resident}\n");
        }

        text.Append(Growth(studio.Memory));
        text.Append("\n## The first view\n\nMilliseconds, each with a studio just started and a new window of a browser that runs already.\n\n");
        text.Append("| | median (quartiles) |\n| --- | ---: |\n");
        text.Append($"| from the start of the program to its address | {Spread.Of(opened.Select(each => each.Start)).ToString("0")} |\n");
        text.Append($"| from opening the address to the first view | {Spread.Of(opened.Select(each => each.View)).ToString("0")} |\n");
        foreach (var (index, (start, view)) in opened.Index())
            csv.Append($"\"opening\",,\"program\",{index + 1},ms,{start:0.0}\n\"opening\",,\"view\",{index + 1},ms,{view:0.0}\n");

        var folder = output ?? Path.Combine(RepositoryRoot(), "benchmarks", "results", Machine.FolderName());
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "studio.md"), text.ToString());
        File.WriteAllText(Path.Combine(folder, "studio.csv"), csv.ToString());
        Console.WriteLine(text);
    }

    private static string Growth(IReadOnlyList<MemoryLook> looks)
    {
        var late = looks.Where(look => look.Seconds >= WarmUpSeconds).ToArray();
        if (late.Length < 6)
            return "\nToo short to say whether it grows: the first minute does not count.\n";
        var third = late.Length / 3;
        return $"\nFrom the first third after the first minute to the last, on average: managed {Difference(look => look.Managed):+0.0;-0.0;0.0} MiB, "
            + $"resident {Difference(look => look.Resident):+0.0;-0.0;0.0} MiB.\n";

        double Difference(Func<MemoryLook, double> of) => late[^third..].Average(of) - late[..third].Average(of);
    }

    private static string Shortened(string text) => text.ReplaceLineEndings(" ") is { Length: > 160 } longer ? longer[..160] : text.ReplaceLineEndings(" ");

    private static string RepositoryRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Elbo.slnx")))
                return folder.FullName;
        }

        throw new InvalidOperationException("The program was not built inside a checkout: name a folder with --out.");
    }
}
