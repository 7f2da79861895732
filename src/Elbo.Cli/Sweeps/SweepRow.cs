namespace Elbo.Cli;

/// <summary>The result for one value of a sweep: the metrics of the best epoch from the run's metrics.csv, and samples.</summary>
/// <param name="Value">The value as given on the command line.</param>
/// <param name="Run">The name of the run's folder.</param>
/// <param name="Metrics">The metrics; null if the run failed.</param>
/// <param name="Samples">Samples with the same seed for every value; null if the run failed or its images cannot be displayed.</param>
internal sealed record SweepRow(string Value, string Run, MetricsRow? Metrics, ExampleValues? Samples)
{
    /// <summary>The number of columns of the sample grid.</summary>
    public const int Columns = 4;

    private const int Rows = 8;
    private const int MaxLabels = 10;

    public double? NegativeElbo => Metrics?.Reconstruction + Metrics?.Kl;

    /// <summary>Reads the result of a finished run and samples from it with its best weights.</summary>
    /// <param name="planned">The value and its run.</param>
    /// <param name="directory">The directory of the run.</param>
    /// <param name="examples">Examples whose conditions are used for sampling if the model is conditioned on more than labels.</param>
    public static SweepRow Read(SweepPlan.PlannedRun planned, RunDirectory directory, ExampleSet examples)
    {
        var overview = RunOverview.Read(directory.Folder);
        TorchThreads.SetUpToCoreCount(overview.Configuration.Training.Threads);
        using var run = Elbo.Run.Load(directory.Folder);
        return new SweepRow(planned.Value, planned.Name, overview.Final, Sample(run.Model, examples, overview.Configuration.Data.Binarize));
    }

    /// <summary>The result for a value whose training failed.</summary>
    public static SweepRow Failed(SweepPlan.PlannedRun planned) => new(planned.Value, planned.Name, null, null);

    // The seed is the same for all values, so that the sample grids differ by the model and not by the noise.
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
