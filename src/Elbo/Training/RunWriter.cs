namespace Elbo;

/// <summary>Writes the figures of a training into its run directory, and tracks the length of metrics.csv.</summary>
internal sealed class RunWriter(RunDirectory directory, GenerativeModel model)
{
    public RunDirectory Directory => directory;

    /// <summary>The length of metrics.csv in bytes.</summary>
    public long MetricsLength { get; private set; }

    /// <summary>Starts metrics.csv.</summary>
    public void Begin() => MetricsLength = directory.AppendMetrics(MetricsRow.Header(model.LatentGroups));

    /// <summary>Truncates metrics.csv to its length at a checkpoint, and removes temporary files of interrupted writes.</summary>
    public void TruncateTo(long metricsLength)
    {
        directory.RemoveTemporaryFiles();
        directory.TruncateMetrics(metricsLength);
        MetricsLength = metricsLength;
    }

    public void WriteEpoch(EpochReport report, long step, TermWeights weights, double learningRate)
    {
        var lines = Line("train", report.Train, report.TrainLoss, step, report.Epoch, weights, learningRate);
        if (report.Validation is not null)
            lines += Line("validation", report.Validation, report.ValidationLoss!.Value, step, report.Epoch, weights, learningRate);
        MetricsLength = directory.AppendMetrics(lines);
    }

    public void WriteTest(SplitTerms terms, double loss, long step, int epoch, TermWeights weights, double learningRate) =>
        directory.AppendMetrics(Line("test", terms, loss, step, epoch, weights, learningRate));

    public void Conclude(RunState state, int bestEpoch, string? failure = null) => directory.UpdateRecord(record => record with
    {
        State = state,
        EndedAt = DateTimeOffset.Now,
        ProcessId = null,
        BestEpoch = bestEpoch,
        Failure = failure,
    });

    private string Line(
        string split, SplitTerms terms, double loss, long step, int epoch, TermWeights weights, double learningRate)
    {
        var row = new MetricsRow
        {
            Step = step,
            Epoch = epoch,
            Split = split,
            Loss = loss,
            Reconstruction = terms.Reconstruction,
            Kl = terms.Kl,
            KlColumns =
            [
                .. model.LatentGroups.SelectMany(group => terms.KlTerms.FirstOrDefault(term => term.Group == group.Name)?.PerDimension
                    ?.Select(kl => (double?)kl) ?? Enumerable.Repeat((double?)null, group.Size)),
            ],
            ActiveUnits = terms.ActiveUnits,
            ReconstructionWeight = weights.Reconstruction,
            KlWeight = weights.Kl,
            LearningRate = learningRate,
        };
        return row.ToLine();
    }
}
