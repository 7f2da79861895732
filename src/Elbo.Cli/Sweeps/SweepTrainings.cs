using Elbo.Studio;

namespace Elbo.Cli;

/// <summary>The trainings of a sweep: how each is checked and performed, whatever folder it is in.</summary>
/// <param name="start">The preset or file of the settings, for error messages.</param>
internal sealed class SweepTrainings(string start)
{
    private readonly Dictionary<DataConfiguration, Dataset> _datasets = [];
    private readonly Dictionary<SweepPlan.PlannedRun, RunConfiguration> _configurations = [];

    /// <summary>The names of the runs' datasets.</summary>
    public string DataName => string.Join(", ", _datasets.Values.Select(dataset => dataset.Name).Distinct());

    /// <summary>Performs the checks that a training makes before its first step.</summary>
    /// <param name="run">The run.</param>
    /// <param name="directory">Where it is or will be.</param>
    /// <param name="isStarted">
    /// Whether it was started elsewhere: a started run has its own weights, and the run it was initialized from may no longer exist.
    /// </param>
    /// <returns>Its state in that directory.</returns>
    /// <exception cref="SettingsException">The settings are not possible, or the folder does not belong to this run.</exception>
    public SweepRunState Check(SweepPlan.PlannedRun run, RunDirectory directory, bool isStarted = false)
    {
        using var training = Prepare(run, directory);
        _configurations[run] = training.Check(ReadsTest(training));
        var state = GetState(run, directory);
        if (state == SweepRunState.New && !isStarted)
            training.CheckInitialWeights();
        return state;
    }

    /// <summary>The state of a run that was checked, in this or another directory.</summary>
    /// <exception cref="SettingsException">The folder does not belong to this run of the sweep.</exception>
    public SweepRunState GetState(SweepPlan.PlannedRun run, RunDirectory directory) =>
        SweepRunInspector.GetState(directory, _configurations[run], Load(run.Configuration.Data));

    /// <summary>Starts or resumes a run that is not finished, and reports its position among the runs.</summary>
    /// <exception cref="NotFiniteException">The training diverges, which is a result too.</exception>
    public RunState Train(
        SweepPlan.PlannedRun run, RunDirectory directory, SweepRunState state, string position, CancellationToken cancellationToken)
    {
        var shortened = PrintableText.Of(Invocation.Shorten(directory.Folder));
        if (state == SweepRunState.Started)
        {
            using var resumed = new ResumedTraining(directory.Folder);
            Console.Error.WriteLine($"{position} is resumed in {shortened}");
            return resumed.Train(cancellationToken).State;
        }

        SweepRunInspector.RemoveIncomplete(directory);
        using var training = Prepare(run, directory);
        Console.Error.WriteLine($"{position} into {shortened}");
        return training.Train(ReadsTest(training), cancellationToken).State;
    }

    /// <summary>The result of a finished run with its samples.</summary>
    public SweepRow ReadResult(SweepPlan.PlannedRun run, RunDirectory directory) =>
        SweepRow.Read(run, directory, Load(run.Configuration.Data).Train);

    private PreparedTraining Prepare(SweepPlan.PlannedRun run, RunDirectory directory) =>
        new(run.Configuration, start, directory.Folder, Load);

    // Model selection must not use the test split; it is read only if there is no validation split.
    private static bool ReadsTest(PreparedTraining training) => !training.HasValidationSplit;

    private Dataset Load(DataConfiguration data)
    {
        if (!_datasets.TryGetValue(data, out var dataset))
            _datasets.Add(data, dataset = data.Load(data.Source!));
        return dataset;
    }
}
