using System.Collections.Concurrent;

namespace Elbo.StudioBenchmark;

/// <summary>Many users who do anything: whether a page or the studio's log has an exception, and whether its memory grows.</summary>
internal static class RandomUse
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(5);

    public static async Task<int> Try(TimeSpan time, int windows)
    {
        using var playwright = await DebianChromium.StartDriver();
        await using var browser = await DebianChromium.Launch(playwright);
        var errors = new ConcurrentQueue<string>();
        await using var studio = StudioProcess.Start();
        var address = await studio.Address;
        var until = DateTime.UtcNow + time;
        var users = await Task.WhenAll(Enumerable.Range(0, windows).Select(number => RandomUser.Open(browser, address, number, errors)));
        await Task.WhenAll(users.Select(user => user.Run(until)));
        await Task.WhenAll(users.Select(user => user.Close()));
        await studio.Stop();
        string[] all = [.. errors.Concat(studio.Errors)];
        Console.WriteLine($"{windows} windows, {time.TotalMinutes:0.#} minutes, {users.Sum(user => user.Actions)} random actions: "
            + $"{errors.Count} errors in the pages, {studio.Errors.Count} lines in the log.");
        Console.WriteLine(StudioTable.Growth(studio.Memory).Trim());
        foreach (var part in studio.Memory.GroupBy(sample => (int)(sample.Seconds / Interval.TotalSeconds)))
        {
            Console.WriteLine(FormattableString.Invariant(
                $"from minute {part.Key * Interval.TotalMinutes:0}: managed {part.Average(sample => sample.Managed):0} MiB, ")
                + FormattableString.Invariant($"resident {part.Average(sample => sample.Resident):0} MiB on average"));
        }

        foreach (var error in all.CountBy(error => error).OrderByDescending(error => error.Value).Take(10))
            Console.WriteLine($"- {error.Value} times: {error.Key}");
        return all.Length == 0 ? 0 : 1;
    }
}
