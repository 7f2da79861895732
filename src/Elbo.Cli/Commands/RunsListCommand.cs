using System.CommandLine;

namespace Elbo.Cli;

/// <summary><c>elbo runs list</c>: lists the runs in a folder.</summary>
internal sealed class RunsListCommand : ExecutableCommand
{
    private readonly Argument<string> _root = new("ROOT")
    {
        Description = "The folder that holds the runs.",
        DefaultValueFactory = _ => "runs",
    };

    private readonly Option<bool> _json = CommonOptions.Json();

    public RunsListCommand()
        : base("list", "List the runs in a folder, oldest first.", "runs list", "runs list experiments --json")
    {
        Arguments.Add(_root);
        Options.Add(_json);
    }

    protected override bool UsesTorch => false;

    protected override int Execute(ParseResult parsed)
    {
        var root = parsed.GetRequiredValue(_root);
        if (!Directory.Exists(GivenPath.Full(root)))
            throw new InputException($"The folder {root} does not exist: give the folder that holds your runs, or train a model first.");
        var runs = new List<RunOverview>();
        foreach (var folder in Directory.EnumerateDirectories(root).Where(folder => !StagedFolder.IsTemporary(folder)))
        {
            try
            {
                if (!IsRun(folder))
                    continue;
                runs.Add(RunOverview.Read(folder));
            }
            catch (Exception exception)
            {
                // Whatever is wrong with one folder, the others are listed.
                Console.Error.WriteLine($"Skipped a run: {ErrorReport.SkippedMessageOf(exception, folder)}");
            }
        }

        runs.Sort((left, right) => left.Record.StartedAt.CompareTo(right.Record.StartedAt));
        if (parsed.GetValue(_json))
            JsonOutput.Write(runs.Select(Summarise));
        else
            WriteText(runs);
        return ExitCodes.Done;
    }

    // File.Exists is false as well for what is not known.
    private static bool IsRun(string folder)
    {
        if (!Directory.Exists(folder))
            throw new InputException($"{folder} has a name that is not in UTF-8: rename it.");
        try
        {
            return Directory.EnumerateFiles(folder, "config.json").Any();
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new InputException($"{folder} cannot be read: access to it is denied.", exception);
        }
    }

    private static void WriteText(IEnumerable<RunOverview> runs)
    {
        var table = new TextTable("RUN", "PRESET", "DATA", "STATE", "EPOCHS", "SPLIT", "-ELBO", "RECONSTRUCTION", "KL", "STARTED");
        foreach (var run in runs)
        {
            var terms = run.Final;
            table.Add(
                Invocation.Shorten(run.Directory.Folder), run.Configuration.Preset ?? "-", run.Record.Dataset.Name, run.State,
                $"{run.EpochsDone}/{run.Configuration.Training.Epochs}", terms?.Split ?? "-",
                MetricText.BoundCell(terms), MetricText.Cell(terms?.Reconstruction), MetricText.KlCell(terms),
                run.Record.StartedAt.ToString("yyyy-MM-dd HH:mm"));
        }

        table.Write(Console.Out);
    }

    private static object Summarise(RunOverview run) => new
    {
        folder = run.Directory.Folder,
        run.Configuration.Preset,
        data = run.Record.Dataset.Name,
        run.State,
        epochsDone = run.EpochsDone,
        epochs = run.Configuration.Training.Epochs,
        split = run.Final?.Split,
        negativeElbo = run.Final?.Reconstruction + run.Final?.Kl,
        negativeElboStandardError = MetricText.BoundError(run.Final),
        reconstruction = run.Final?.Reconstruction,
        kl = run.Final?.Kl,
        klIsMonteCarlo = run.Final?.KlIsMonteCarlo,
        run.Record.StartedAt,
    };
}
