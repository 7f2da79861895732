using Elbo.Studio;

namespace Elbo.Cli;

/// <summary>Trains the runs of a plan in sequence. Finished runs are kept and interrupted runs are resumed.</summary>
internal sealed class Sweep(SweepPlan plan, SweepFolder folder, SweepTrainings trainings) : ISweep
{
    private readonly Dictionary<SweepPlan.PlannedRun, SweepRunState> _states = [];

    /// <inheritdoc/>
    public void Check(TerminationSignals signals)
    {
        foreach (var run in plan.Runs)
        {
            _states[run] = trainings.Check(run, folder.RunOf(run));
            signals.ThrowIfReceived();
        }
    }

    /// <inheritdoc/>
    public IDisposable Begin() => folder.Begin();

    /// <inheritdoc/>
    public bool Run(SweepReport report, TerminationSignals signals)
    {
        foreach (var (index, run) in plan.Runs.Index())
        {
            if (signals.Token.IsCancellationRequested)
                return false;
            var position = $"{index + 1}/{plan.Runs.Count}  {plan.Describe(run)}";
            try
            {
                if (Train(run, position, signals.Token) == RunState.Interrupted)
                    return false;
                report.Add(trainings.ReadResult(run, folder.RunOf(run)));
            }
            catch (NotFiniteException exception)
            {
                // The divergence of one run is a result too; the other ones are still trained.
                Console.Error.WriteLine($"{position} failed: {PrintableText.Of(exception.Message)}");
                report.Add(SweepRow.Failed(run));
            }

            report.Write();
        }

        return true;
    }

    private RunState Train(SweepPlan.PlannedRun run, string position, CancellationToken cancellationToken)
    {
        var directory = folder.RunOf(run);
        if (_states[run] != SweepRunState.Finished)
            return trainings.Train(run, directory, _states[run], position, cancellationToken);
        Console.Error.WriteLine($"{position} is already finished in {PrintableText.Of(Invocation.Shorten(directory.Folder))}");
        return RunState.Finished;
    }
}
