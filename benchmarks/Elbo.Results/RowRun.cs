using System.Globalization;
using System.Text.Json.Nodes;

namespace Elbo.Results;

/// <summary>The run of a row with one seed: trained, gone on with where it was stopped, evaluated once, recorded.</summary>
internal sealed class RowRun(ResultRow row, int seed, ElboProgram elbo, string runs, string? fashion)
{
    private readonly string _folder = Path.Combine(runs, $"{row.Id}-{seed}");
    private readonly RowRun? _first = row.StartFrom is { } first ? new RowRun(first, first.Seeds[0], elbo, runs, fashion) : null;

    public ResultRecord Complete()
    {
        Train();
        var figures = JsonNode.Parse(elbo.Run(["evaluate", _folder, .. Words(row.Evaluate), "--json"]))!.AsObject();
        var run = JsonNode.Parse(File.ReadAllText(Path.Combine(_folder, "run.json")))!;
        var configuration = JsonNode.Parse(File.ReadAllText(Path.Combine(_folder, "config.json")))!;
        return new ResultRecord
        {
            Train = row.TrainCommand($"{seed}"),
            Evaluate = row.EvaluateCommand,
            Seed = seed,
            Epochs = configuration["training"]!["epochs"]!.GetValue<int>(),
            BestEpoch = run["bestEpoch"]!.GetValue<int>(),
            TrainingMinutes = Math.Round(TrainingSeconds() / 60, 1),
            Threads = run["machine"]!["threads"]!.GetValue<int>(),
            Processor = run["machine"]!["processor"]!.GetValue<string>(),
            TestReads = run["testReads"]!.GetValue<int>(),
            Figures = figures,
        };
    }

    private void Train()
    {
        var record = Path.Combine(_folder, "run.json");
        var run = File.Exists(record) ? JsonNode.Parse(File.ReadAllText(record))! : null;
        if (run is not null)
            RequireOwn(run["commandLine"]!.AsArray().Select(word => word!.GetValue<string>()));
        var state = run?["state"]!.GetValue<string>();
        if (state == "finished")
            return;
        if (state is not null && File.Exists(Path.Combine(_folder, "checkpoints", "last.safetensors")))
        {
            elbo.Run(["resume", _folder]);
            return;
        }

        // It was killed before its first checkpoint: there is nothing to go on from, and nothing to lose.
        if (Directory.Exists(_folder))
            Directory.Delete(_folder, recursive: true);
        // In a fresh clone the row before has a record and no run.
        _first?.Train();
        Directory.CreateDirectory(runs);
        elbo.Run(["train", .. Training, "--seed", $"{seed}", "--out", _folder]);
    }

    // A row whose settings have changed since must not be given the run of the old ones.
    private void RequireOwn(IEnumerable<string> commandLine)
    {
        if (!Settings(commandLine.SkipWhile(word => word != "train").Skip(1)).SequenceEqual(Settings(Training)))
            throw new CommandFailedException($"{_folder} was trained by another command than row {row.Id} has: move it away.", 2);
    }

    private static IEnumerable<string> Settings(IEnumerable<string> words)
    {
        string[] all = [.. words];
        return all.Where((word, index) => !IsOfThisRun(word) && (index == 0 || !IsOfThisRun(all[index - 1])))
            .Select((word, index) => index > 0 && all[index - 1] == "--start-from" ? Path.GetFileName(word) : word)
            .Order(StringComparer.Ordinal);

        static bool IsOfThisRun(string word) => word is "--seed" or "--out";
    }

    private IEnumerable<string> Training =>
    [
        .. Words(row.Train).Select(word => word == ResultRow.Fashion ? fashion! : word),
        .. _first is null ? Array.Empty<string>() : ["--start-from", _first._folder],
    ];

    private double TrainingSeconds() => File.ReadLines(Path.Combine(_folder, "timings.csv"))
        .Skip(1)
        .Sum(line => double.Parse(line.Split(',')[1], CultureInfo.InvariantCulture));

    private static string[] Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
