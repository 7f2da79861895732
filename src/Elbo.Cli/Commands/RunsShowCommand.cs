using System.CommandLine;
using Elbo.Studio;

namespace Elbo.Cli;

/// <summary><c>elbo runs show</c>: shows one run with all settings.</summary>
internal sealed class RunsShowCommand : ExecutableCommand
{
    private readonly Argument<string> _run = CommonOptions.Run();
    private readonly Option<bool> _json = CommonOptions.Json();

    public RunsShowCommand()
        : base("show", "Show the state, the final metrics and the settings of a run.", "runs show runs/cvae-1")
    {
        Arguments.Add(_run);
        Options.Add(_json);
    }

    protected override bool UsesTorch => false;

    protected override int Execute(ParseResult parsed)
    {
        var run = RunOverview.Read(parsed.GetRequiredValue(_run));
        if (parsed.GetValue(_json))
        {
            JsonOutput.Write(new
            {
                folder = run.Directory.Folder,
                run.State,
                run.EpochsDone,
                run.Record,
                configuration = run.Listing.ToJson(),
                run.Final,
            });
            return ExitCodes.Done;
        }

        var table = new TextTable();
        table.Add("run", Invocation.Shorten(run.Directory.Folder));
        table.Add("state", run.Record.Failure is { } failure ? $"{run.State}: {failure}" : run.State);
        foreach (var warning in run.Record.Warnings ?? [])
            table.Add("warning", warning);
        if (run.StandardErrorsProblem is { } problem)
            table.Add("warning", problem);
        table.Add("epochs", $"{run.EpochsDone} of {run.Configuration.Training.Epochs}, best {run.Record.BestEpoch}");
        if (run.Final is { } terms)
        {
            table.Add(terms.Split, terms.Kl is { } kl
                ? $"-ELBO {MetricText.BoundCell(terms)} = reconstruction {MetricText.Nats(terms.Reconstruction)} + KL "
                    + $"{MetricText.Nats(kl)}{MetricText.KlSuffix(terms.KlIsMonteCarlo)} nats, {terms.ActiveUnits} active units"
                : $"reconstruction {MetricText.Nats(terms.Reconstruction)} nats, {terms.ActiveUnits} active units");
        }

        table.Add("test split read", $"{run.Record.TestReads} times");
        table.Add("dataset", $"{run.Record.Dataset.Name} (training split {Beginning(run.Record.Dataset.TrainSha256)}...)");
        table.Add("command line", string.Join(' ', run.Record.CommandLine.Select(ShellWord.Quote)));
        foreach (var plugin in run.Record.Plugins ?? [])
            table.Add("plug-in", plugin.ToString());
        if (run.MissingParts.Count > 0)
            table.Add("not loaded", string.Join(", ", run.MissingParts));
        table.Add("started", $"{run.Record.StartedAt:yyyy-MM-dd HH:mm:ss}");
        table.Add("ended", run.Record.EndedAt is { } ended ? $"{ended:yyyy-MM-dd HH:mm:ss}" : "-");
        var machine = run.Record.Machine;
        table.Add(
            "machine",
            $"{machine.Processor}, {machine.OperatingSystem}, {machine.DotNet}, libtorch {machine.LibTorch}, {machine.Threads} threads");
        foreach (var (name, value) in run.Settings())
            table.Add(name, value);
        table.Write(Console.Out);
        return ExitCodes.Done;
    }

    // A file from elsewhere may hold anything there.
    private static string Beginning(string hash) => hash[..Math.Min(12, hash.Length)];
}
