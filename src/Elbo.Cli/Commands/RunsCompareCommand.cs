using System.CommandLine;

namespace Elbo.Cli;

/// <summary><c>elbo runs compare</c>: compares the settings that differ between runs, and their final metrics.</summary>
internal sealed class RunsCompareCommand : ExecutableCommand
{
    private readonly Argument<string[]> _runs = new("RUN") { Description = "Two or more runs.", Arity = new ArgumentArity(2, 100) };
    private readonly Option<bool> _json = CommonOptions.Json();

    public RunsCompareCommand()
        : base(
            "compare", "Compare the settings that differ between runs, and the final metrics.", "runs compare runs/vae-1 runs/beta-vae-1")
    {
        Arguments.Add(_runs);
        Options.Add(_json);
    }

    protected override bool UsesTorch => false;

    protected override int Execute(ParseResult parsed)
    {
        var runs = parsed.GetRequiredValue(_runs).Select(RunOverview.Read).ToList();
        var settings = runs.Select(run => run.Settings()).ToList();
        var differing = settings.SelectMany(each => each.Keys).Distinct()
            .Where(name => settings.Select(each => each.GetValueOrDefault(name, "-")).Distinct().Count() > 1).ToList();
        if (parsed.GetValue(_json))
        {
            JsonOutput.Write(runs.Select((run, index) => new
            {
                folder = run.Directory.Folder,
                run.State,
                differingSettings = differing.ToDictionary(name => name, name => settings[index].GetValueOrDefault(name)),
                split = run.Final?.Split,
                negativeElbo = run.Final?.Reconstruction + run.Final?.Kl,
                negativeElboStandardError = MetricText.BoundError(run.Final),
                reconstruction = run.Final?.Reconstruction,
                kl = run.Final?.Kl,
                klIsMonteCarlo = run.Final?.KlIsMonteCarlo,
                activeUnits = run.Final?.ActiveUnits,
            }));
            return ExitCodes.Done;
        }

        var table = new TextTable(["", .. runs.Select(run => Invocation.Shorten(run.Directory.Folder))]);
        foreach (var name in differing)
            table.Add([name, .. settings.Select(each => each.GetValueOrDefault(name, "-"))]);
        Add("state", run => run.State);
        Add("split", run => run.Final?.Split ?? "-");
        Add("-ELBO", run => MetricText.BoundCell(run.Final));
        Add("reconstruction", run => MetricText.Cell(run.Final?.Reconstruction));
        Add("KL", run => MetricText.KlCell(run.Final));
        Add("active units", run => run.Final?.ActiveUnits.ToString() ?? "-");
        table.Write(Console.Out);
        return ExitCodes.Done;

        void Add(string name, Func<RunOverview, string> cell) => table.Add([name, .. runs.Select(cell)]);
    }
}
