using System.Security.Cryptography;
using System.Text;

namespace Elbo;

/// <summary>Writes the figures of a training into its run directory, and tracks the length and the hash of metrics.csv.</summary>
internal sealed class RunWriter(RunDirectory directory, GenerativeModel model) : IDisposable
{
    private readonly IncrementalHash _metricsHash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <summary>Where the files are; another path of the same folder after it was renamed.</summary>
    public RunDirectory Directory { get; set; } = directory;

    /// <summary>The length of metrics.csv in bytes.</summary>
    public long MetricsLength { get; private set; }

    /// <summary>The hash of metrics.csv so far.</summary>
    public string MetricsSha256 => Convert.ToHexStringLower(_metricsHash.GetCurrentHash());

    /// <summary>Starts metrics.csv and standard-errors.csv.</summary>
    public void Begin()
    {
        Append(MetricsRow.Header(model.LatentGroups));
        Directory.AppendStandardErrors(StandardErrorTable.Begin);
    }

    /// <summary>
    /// Restores metrics.csv and standard-errors.csv as they were at a checkpoint, and removes temporary files of interrupted writes.
    /// </summary>
    /// <exception cref="InputException">A file is damaged, or is not what the checkpoint was written with.</exception>
    public void RestoreTo(long metricsLength, string? metricsSha256)
    {
        Directory.RemoveTemporaryFiles();
        // Read first: nothing is changed where it is damaged.
        var errors = StandardErrorTable.Read(Directory.StandardErrorsPath);
        var content = Directory.RestoreMetrics(metricsLength, metricsSha256);
        _metricsHash.AppendData(content.Bytes.Span);
        MetricsLength = content.Length;
        Directory.RestoreStandardErrors(errors, MetricsRow.Parse(content.Text, Directory.MetricsPath));
    }

    public void Dispose() => _metricsHash.Dispose();

    public void WriteEpoch(EpochReport report, long step, TermWeights weights, double learningRate)
    {
        var lines = Line("train", report.Train, report.TrainLoss, step, report.Epoch, weights, learningRate);
        if (report.Validation is not null)
            lines += Line("validation", report.Validation, report.ValidationLoss!.Value, step, report.Epoch, weights, learningRate);
        Append(lines);
        var errors = StandardErrorTable.Line("train", report.Train, step, report.Epoch);
        if (report.Validation is not null)
            errors += StandardErrorTable.Line("validation", report.Validation, step, report.Epoch);
        Directory.AppendStandardErrors(errors);
    }

    public void WriteTest(SplitTerms terms, double loss, long step, int epoch, TermWeights weights, double learningRate)
    {
        Append(Line("test", terms, loss, step, epoch, weights, learningRate));
        Directory.AppendStandardErrors(StandardErrorTable.Line("test", terms, step, epoch));
    }

    public void Conclude(RunState state, int bestEpoch, string? failure = null) => Directory.UpdateRecord(record => record with
    {
        State = state,
        EndedAt = DateTimeOffset.Now,
        ProcessId = null,
        BestEpoch = bestEpoch,
        Failure = failure,
        MetricsSha256 = MetricsSha256,
    });

    private void Append(string lines)
    {
        var bytes = Encoding.UTF8.GetBytes(lines);
        Directory.AppendMetrics(bytes);
        _metricsHash.AppendData(bytes);
        MetricsLength += bytes.Length;
    }

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
