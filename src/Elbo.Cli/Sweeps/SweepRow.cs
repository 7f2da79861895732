namespace Elbo.Cli;

/// <summary>What one value of a sweep came to: the figures of its best epoch as its metrics.csv has them, and samples.</summary>
/// <param name="Value">The value as it was written.</param>
/// <param name="Run">The name of the run's folder.</param>
/// <param name="Metrics">The figures; null where the run failed.</param>
/// <param name="Samples">Images from the same seed for every value; null where the run failed or they cannot be drawn.</param>
internal sealed record SweepRow(string Value, string Run, MetricsRow? Metrics, Images? Samples)
{
    /// <summary>Into how many columns the samples go.</summary>
    public const int Columns = 4;

    private const int Rows = 8;
    private const int MostLabels = 10;

    public double? NegativeElbo => Metrics?.Reconstruction + Metrics?.Kl;

    /// <summary>Reads what a finished run came to, and draws samples with its best weights.</summary>
    /// <param name="planned">The value and its run.</param>
    /// <param name="directory">Where the run is.</param>
    /// <param name="examples">Examples at whose conditions samples are drawn, where these are other than labels.</param>
    public static SweepRow Read(SweepPlan.PlannedRun planned, RunDirectory directory, ImageDataset examples)
    {
        var overview = RunOverview.Read(directory.Folder);
        TorchThreads.UseUpTo(overview.Configuration.Training.Threads);
        using var run = Elbo.Run.Load(directory.Folder);
        return new SweepRow(planned.Value, planned.Name, overview.Final, Sample(run.Model, examples, overview.Configuration.Data.Binarize));
    }

    /// <summary>A value whose training came to nothing.</summary>
    public static SweepRow Failed(SweepPlan.PlannedRun planned) => new(planned.Value, planned.Name, null, null);

    // The seed is the same for all, so that what differs between the pictures is the model and not the noise.
    private static Images? Sample(LatentVariableModel model, ImageDataset examples, Binarization binarize)
    {
        if (model.Shape.Channels is not (1 or 3))
            return null;
        return model.Condition switch
        {
            null => model.Sample(Columns * Rows),
            LabelCondition labels => Images.Concatenate(
                [.. Enumerable.Range(0, Math.Min(labels.Count, MostLabels)).Select(label => model.Sample(Columns, label))]),
            _ => model.Sample(Columns, examples.Subset([.. Enumerable.Range(0, Math.Min(Rows, examples.Count))]), binarize: binarize),
        };
    }
}
