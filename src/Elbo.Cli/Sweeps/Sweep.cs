namespace Elbo.Cli;

/// <summary>Trains the runs of a plan one after the other: those that are finished are kept, those that were stopped go on.</summary>
internal sealed class Sweep(SweepPlan plan, SweepFolder folder, string start)
{
    private readonly Dictionary<string, Dataset> _datasets = [];
    private readonly Dictionary<SweepPlan.PlannedRun, SweepRunState> _states = [];

    /// <summary>The data of the runs.</summary>
    public string DataName => string.Join(", ", _datasets.Values.Select(dataset => dataset.Name).Distinct());

    /// <summary>Refuses before the first step of the first run what any of them would refuse, and runs that do not belong.</summary>
    public void Check(TerminationSignals signals)
    {
        foreach (var run in plan.Runs)
        {
            using var training = Prepare(run);
            var configuration = training.Check(ReadsTest(training));
            _states[run] = SweepRunExamination.Examine(folder.RunOf(run), configuration, training.Dataset);
            // Those that are begun have weights of their own, and the run they started from may be gone.
            if (_states[run] == SweepRunState.New)
                training.LoadInitialWeights();
            signals.ThrowIfReceived();
        }
    }

    /// <summary>Trains what is to be trained, and reports each value when its figures are there.</summary>
    /// <returns>Whether all is done; false where a signal has stopped it, with a checkpoint saved of the run under way.</returns>
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
                // The other values are still worth knowing, and that this one diverges is a result as well.
                Console.Error.WriteLine($"{position} failed: {exception.Message}");
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
                Console.Error.WriteLine($"{position} is done already in {shortened}");
                return RunState.Finished;
            case SweepRunState.Begun:
                using (var training = new ContinuedTraining(directory.Folder))
                {
                    Console.Error.WriteLine($"{position} goes on in {shortened}");
                    return training.Train(cancellationToken).State;
                }

            default:
                SweepRunExamination.RemoveUnborn(directory);
                using (var training = Prepare(run))
                {
                    Console.Error.WriteLine($"{position} into {shortened}");
                    return training.Train(ReadsTest(training), cancellationToken).State;
                }
        }
    }

    private PreparedTraining Prepare(SweepPlan.PlannedRun run) =>
        new(run.Configuration, start, folder.RunOf(run).Folder, Load);

    // A sweep is there to choose by, and what one chooses by is not the test split; without held-out examples there is nothing else.
    private static bool ReadsTest(PreparedTraining training) => !training.HoldsOut;

    private Dataset Load(DataConfiguration data)
    {
        // As its text: settings that load the same data are written the same.
        var key = Json.Write(data);
        if (!_datasets.TryGetValue(key, out var dataset))
            _datasets.Add(key, dataset = data.Load(data.Source!));
        return dataset;
    }
}
