namespace Elbo.Cli;

/// <summary>The result of one run of a sweep: the metrics of the best epoch from the run's metrics.csv, and samples.</summary>
/// <param name="Run">The run.</param>
/// <param name="Metrics">The metrics; null if the run failed.</param>
/// <param name="Samples">
/// Samples with the same seed for every run; null if the run failed, its images cannot be displayed, or they were not asked for.
/// </param>
internal sealed record SweepRow(SweepPlan.PlannedRun Run, MetricsRow? Metrics, ExampleValues? Samples)
{
    /// <summary>The number of columns of the sample grid.</summary>
    public const int Columns = 4;

    private const int Rows = 8;
    private const int MaxLabels = 10;

    public double? NegativeElbo => Metrics?.Reconstruction + Metrics?.Kl;

    /// <summary>Reads the result of a finished run and samples from it with its best weights.</summary>
    /// <param name="planned">The run as it was planned.</param>
    /// <param name="directory">The directory of the run.</param>
    /// <param name="examples">Examples whose conditions are used for sampling if the model is conditioned on more than labels.</param>
    public static SweepRow Read(SweepPlan.PlannedRun planned, RunDirectory directory, ExampleSet examples)
    {
        var overview = RunOverview.Read(directory.Folder);
        TorchThreads.SetUpToCoreCount(overview.Configuration.Training.Threads);
        using var run = Elbo.Run.Load(directory.Folder);
        return new SweepRow(planned, overview.Final, Sample(run.Model, examples, overview.Configuration.Data.Binarize));
    }

    /// <summary>Reads the metrics of a finished run alone.</summary>
    public static SweepRow ReadMetrics(SweepPlan.PlannedRun planned, RunDirectory directory) =>
        new(planned, RunOverview.Read(directory.Folder).Final, null);

    /// <summary>The result of a run whose training failed.</summary>
    public static SweepRow Failed(SweepPlan.PlannedRun planned) => new(planned, null, null);

    // The seed is the same for all runs, so that the sample grids differ by the model and not by the noise.
    private static ExampleValues? Sample(LatentVariableModel model, ExampleSet examples, Binarization binarize)
    {
        if (model.Shape.Image is not { Channels: 1 or 3 })
            return null;
        return model.Condition switch
        {
            null => model.Sample(Columns * Rows),
            LabelCondition labels => ExampleValues.Concatenate(
                [.. labels.Labels.Take(MaxLabels).Select(label => model.Sample(Columns, label))]),
            _ => model.Sample(Columns, examples.Subset([.. Enumerable.Range(0, Math.Min(Rows, examples.Count))]), binarize: binarize),
        };
    }
}
