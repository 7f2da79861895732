using System.Globalization;
using System.Text.Json.Nodes;

namespace Elbo.Results;

/// <summary>Trains, resumes, evaluates and records the run of a row with one seed.</summary>
internal sealed class RowRun(ResultRow row, int seed, ElboProgram elbo, string runs, string? fashion)
{
    private readonly string _folder = Path.Combine(runs, $"{row.Id}-{seed}");
    private readonly RowRun? _first = row.StartFrom is { } first ? new RowRun(first, first.Seeds[0], elbo, runs, fashion) : null;

    public ResultRecord Complete()
    {
        Train();
        var metrics = JsonNode.Parse(elbo.Run(["evaluate", _folder, .. SplitArguments(row.Evaluate), "--json"]))!.AsObject();
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
            Elbo = run["machine"]!["elbo"]!.GetValue<string>(),
            TestReads = run["testReads"]!.GetValue<int>(),
            Figures = metrics,
        };
    }

    private void Train()
    {
        var record = Path.Combine(_folder, "run.json");
        var run = File.Exists(record) ? JsonNode.Parse(File.ReadAllText(record))! : null;
        if (run is not null)
            RequireOwn(run["commandLine"]!.AsArray().Select(argument => argument!.GetValue<string>()));
        var state = run?["state"]!.GetValue<string>();
        if (state == "finished")
            return;
        if (state is not null && File.Exists(Path.Combine(_folder, "checkpoints", "last.safetensors")))
        {
            elbo.Run(["resume", _folder]);
            return;
        }

        // The run was killed before its first checkpoint, so it cannot be resumed and is deleted.
        if (Directory.Exists(_folder))
            Directory.Delete(_folder, recursive: true);
        // In a fresh clone, the row to start from has a record but no run.
        _first?.Train();
        Directory.CreateDirectory(runs);
        elbo.Run(["train", .. Training, "--seed", $"{seed}", "--out", _folder]);
    }

    // A run with outdated settings must not be used for a row whose settings have changed.
    private void RequireOwn(IEnumerable<string> commandLine)
    {
        if (!Settings(commandLine.SkipWhile(argument => argument != "train").Skip(1)).SequenceEqual(Settings(Training)))
            throw new CommandFailedException($"{_folder} was trained by a command other than that of row {row.Id}: move it away.", 2);
    }

    private static IEnumerable<string> Settings(IEnumerable<string> arguments)
    {
        string[] all = [.. arguments];
        return all.Where((argument, index) => !IsRunSpecific(argument) && (index == 0 || !IsRunSpecific(all[index - 1])))
            .Select((argument, index) => index > 0 && all[index - 1] == "--start-from" ? Path.GetFileName(argument) : argument)
            .Order(StringComparer.Ordinal);

        static bool IsRunSpecific(string argument) => argument is "--seed" or "--out";
    }

    private IEnumerable<string> Training =>
    [
        .. SplitArguments(row.Train).Select(argument => argument == ResultRow.Fashion ? fashion! : argument),
        .. _first is null ? Array.Empty<string>() : ["--start-from", _first._folder],
    ];

    private double TrainingSeconds() => File.ReadLines(Path.Combine(_folder, "timings.csv"))
        .Skip(1)
        .Sum(line => double.Parse(line.Split(',')[1], CultureInfo.InvariantCulture));

    private static string[] SplitArguments(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
