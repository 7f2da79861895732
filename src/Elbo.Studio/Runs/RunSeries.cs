namespace Elbo.Studio;

/// <summary>The values of one term of one run, by epoch.</summary>
/// <param name="Run">The index of the run among the compared runs.</param>
/// <param name="Split">The split it was measured on.</param>
/// <param name="Points">Epoch and value, sorted by epoch.</param>
internal sealed record RunSeries(int Run, string Split, IReadOnlyList<(double Epoch, double Value)> Points);

/// <summary>The quantities that are plotted.</summary>
internal enum RunTerm
{
    NegativeElbo,
    Reconstruction,
    Kl,
    Loss,
    KlWeight,
    ReconstructionWeight,
    LearningRate,
}

/// <summary>Computes curves from the metrics of runs.</summary>
internal static class RunCurveData
{
    private const int MaxPoints = 400;

    // Beyond it the axis of a chart has no representable range.
    private const double MaxValue = 1e100;
    private static readonly string[] Splits = ["train", "validation"];

    /// <summary>
    /// The series of a term for training and validation of each run. Long series are thinned out; the last epoch is always kept.
    /// </summary>
    public static IReadOnlyList<RunSeries> Of(IReadOnlyList<RunOverview> runs, RunTerm term) =>
    [
        .. from item in runs.Index()
           from split in IsSetting(term) ? Splits[..1] : Splits
           let points = Thin(Points(item.Item, split, term))
           where points.Length > 0
           select new RunSeries(item.Index, split, points),
    ];

    /// <summary>
    /// Whether the curves of a term are informative: a constant weight is listed in the settings, and an unweighted loss equals the
    /// negative evidence lower bound.
    /// </summary>
    public static bool IsInformative(IReadOnlyList<RunOverview> runs, RunTerm term)
    {
        if (term == RunTerm.Loss)
            return runs.SelectMany(run => run.Metrics).Any(IsWeighted);
        return !IsSetting(term)
            || runs.Any(run => run.Metrics.Where(row => row.Split == "train").Select(row => Value(row, term)).Distinct().Count() > 1);
    }

    /// <summary>
    /// The epochs at which a weight starts or stops changing. A weight that changes in consecutive epochs has only two of them.
    /// </summary>
    public static IReadOnlyList<int> WeightChanges(RunOverview run)
    {
        var rows = run.Metrics.Where(row => row.Split == "train").ToList();
        var changed = Enumerable.Range(1, Math.Max(0, rows.Count - 1))
            .Select(i => (rows[i].Epoch, Changed: WeightsOf(rows[i]) != WeightsOf(rows[i - 1])))
            .ToList();
        return
        [
            .. changed.Index().Where(step =>
                step.Item.Changed
                && (step.Index == 0
                    || !changed[step.Index - 1].Changed
                    || step.Index == changed.Count - 1
                    || !changed[step.Index + 1].Changed))
                .Select(step => step.Item.Epoch),
        ];
    }

    private static (double Epoch, double Value)[] Points(RunOverview run, string split, RunTerm term) =>
    [
        .. from row in run.Metrics
           where row.Split == split
           let value = Value(row, term)
           where value is >= -MaxValue and <= MaxValue
           select ((double)row.Epoch, value.Value),
    ];

    private static bool IsWeighted(MetricsRow row) =>
        !(Math.Abs(row.Loss - (row.Reconstruction + (row.Kl ?? 0))) <= 1e-6 * Math.Abs(row.Loss));

    private static (double Kl, double Reconstruction) WeightsOf(MetricsRow row) => (row.KlWeight, row.ReconstructionWeight);

    private static bool IsSetting(RunTerm term) => term is RunTerm.KlWeight or RunTerm.ReconstructionWeight or RunTerm.LearningRate;

    private static double? Value(MetricsRow row, RunTerm term) => term switch
    {
        RunTerm.NegativeElbo => row.Reconstruction + row.Kl,
        RunTerm.Reconstruction => row.Reconstruction,
        RunTerm.Kl => row.Kl,
        RunTerm.Loss => row.Loss,
        RunTerm.KlWeight => row.KlWeight,
        RunTerm.ReconstructionWeight => row.ReconstructionWeight,
        _ => row.LearningRate,
    };

    private static (double Epoch, double Value)[] Thin((double Epoch, double Value)[] points)
    {
        var step = (points.Length + MaxPoints - 1) / MaxPoints;
        return step <= 1 ? points : [.. points.Where((_, index) => index % step == 0 || index == points.Length - 1)];
    }
}
