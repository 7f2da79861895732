using Elbo.Studio;

namespace Elbo.Cli;

/// <summary>Trains the runs of a plan in sequence. Finished runs are kept and interrupted runs are resumed.</summary>
internal sealed class Sweep(SweepPlan plan, SweepFolder folder, string start)
{
    private readonly Dictionary<DataConfiguration, Dataset> _datasets = [];
    private readonly Dictionary<SweepPlan.PlannedRun, SweepRunState> _states = [];

    /// <summary>The names of the runs' datasets.</summary>
    public string DataName => string.Join(", ", _datasets.Values.Select(dataset => dataset.Name).Distinct());

    /// <summary>Checks all runs before the first training step, and rejects existing runs that do not belong to the sweep.</summary>
    public void Check(TerminationSignals signals)
    {
        foreach (var run in plan.Runs)
        {
            using var training = Prepare(run);
            var configuration = training.Check(ReadsTest(training));
            _states[run] = SweepRunInspector.GetState(folder.RunOf(run), configuration, training.Dataset);
            // Started runs have their own weights, and the run they were initialized from may no longer exist.
            if (_states[run] == SweepRunState.New)
                training.CheckInitialWeights();
            signals.ThrowIfReceived();
        }
    }

    /// <summary>Trains the runs that are not finished, and reports each value when its metrics are available.</summary>
    /// <returns>Whether all runs are done; false if a signal interrupted the sweep after saving a checkpoint of the current run.</returns>
    public bool Run(SweepReport report, TerminationSignals signals)
    {
        foreach (var (index, run) in plan.Runs.Index())
        {
            if (signals.Token.IsCancellationRequested)
                return false;
            var directory = folder.RunOf(run);
            var position = $"{index + 1}/{plan.Runs.Count}  {plan.Setting}={run.Value}";
            try
            {
                if (Train(run, directory, position, signals.Token) == RunState.Interrupted)
                    return false;
                report.Add(SweepRow.Read(run, directory, Load(run.Configuration.Data).Train));
            }
            catch (NotFiniteException exception)
            {
                // The divergence of one value is a result too; the other values are still trained.
                Console.Error.WriteLine($"{position} failed: {PrintableText.Of(exception.Message)}");
                report.Add(SweepRow.Failed(run));
            }
        }

        return true;
    }

    private RunState Train(SweepPlan.PlannedRun run, RunDirectory directory, string position, CancellationToken cancellationToken)
    {
        var shortened = Invocation.Shorten(directory.Folder);
        switch (_states[run])
        {
            case SweepRunState.Finished:
                Console.Error.WriteLine($"{position} is already finished in {PrintableText.Of(shortened)}");
                return RunState.Finished;
            case SweepRunState.Started:
                using (var training = new ResumedTraining(directory.Folder))
                {
                    Console.Error.WriteLine($"{position} is resumed in {PrintableText.Of(shortened)}");
                    return training.Train(cancellationToken).State;
                }

            default:
                SweepRunInspector.RemoveIncomplete(directory);
                using (var training = Prepare(run))
                {
                    Console.Error.WriteLine($"{position} into {PrintableText.Of(shortened)}");
                    return training.Train(ReadsTest(training), cancellationToken).State;
                }
        }
    }

    private PreparedTraining Prepare(SweepPlan.PlannedRun run) =>
        new(run.Configuration, start, folder.RunOf(run).Folder, Load);

    // Model selection must not use the test split; it is read only if there is no validation split.
    private static bool ReadsTest(PreparedTraining training) => !training.HasValidationSplit;

    private Dataset Load(DataConfiguration data)
    {
        if (!_datasets.TryGetValue(data, out var dataset))
            _datasets.Add(data, dataset = data.Load(data.Source!));
        return dataset;
    }
}
