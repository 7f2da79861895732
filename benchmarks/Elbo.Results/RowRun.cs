using System.Text.Json.Nodes;

namespace Elbo.Results;

/// <summary>Trains, resumes, evaluates and records the run of a row with one seed.</summary>
internal sealed class RowRun
{
    private readonly ResultRow _row;
    private readonly int _seed;
    private readonly ElboProgram _elbo;
    private readonly RowRun? _first;
    private readonly TrainedRun _run;

    public RowRun(ResultRow row, int seed, ElboProgram elbo, string runs, string? fashion)
    {
        (_row, _seed, _elbo) = (row, seed, elbo);
        _first = row.StartFrom is { } first ? new RowRun(first, first.Seeds[0], elbo, runs, fashion) : null;
        _run = new TrainedRun(Path.Combine(runs, $"{row.Id}-{seed}"), row.Id, seed, Training(fashion), elbo);
    }

    public ResultRecord Complete()
    {
        Train();
        var metrics = JsonNode.Parse(_elbo.Run(["evaluate", _run.Folder, .. SplitArguments(_row.Evaluate), "--json"]))!.AsObject();
        var (run, configuration) = (_run.Read("run.json"), _run.Read("config.json"));
        return new ResultRecord
        {
            Train = _row.TrainCommand($"{_seed}"),
            Evaluate = _row.EvaluateCommand,
            Seed = _seed,
            Epochs = configuration["training"]!["epochs"]!.GetValue<int>(),
            BestEpoch = run["bestEpoch"]!.GetValue<int>(),
            TrainingMinutes = _run.Minutes(),
            Threads = run["machine"]!["threads"]!.GetValue<int>(),
            Processor = run["machine"]!["processor"]!.GetValue<string>(),
            Elbo = run["machine"]!["elbo"]!.GetValue<string>(),
            TestReads = run["testReads"]!.GetValue<int>(),
            Figures = metrics,
        };
    }

    // In a fresh clone, the row to start from has a record but no run.
    private void Train() => _run.Complete(prepare: () => _first?.Train());

    private string[] Training(string? fashion) =>
    [
        .. SplitArguments(_row.Train).Select(argument => argument == ResultRow.Fashion ? fashion! : argument),
        .. _first is null ? Array.Empty<string>() : ["--start-from", _first._run.Folder],
    ];

    private static string[] SplitArguments(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
