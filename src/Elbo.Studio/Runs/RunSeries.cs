namespace Elbo.Studio;

/// <summary>The values of one term of one run, by epoch.</summary>
/// <param name="Run">The index of the run among the compared runs.</param>
/// <param name="Split">The split it was measured on.</param>
/// <param name="Points">The values, sorted by epoch.</param>
internal sealed record RunSeries(int Run, string Split, IReadOnlyList<RunPoint> Points);

/// <summary>A value at an epoch.</summary>
/// <param name="Epoch">The epoch.</param>
/// <param name="Value">The value.</param>
/// <param name="Error">Its standard error over examples; null where none was recorded.</param>
internal readonly record struct RunPoint(int Epoch, double Value, double? Error = null);

/// <summary>The quantities that are plotted.</summary>
internal enum RunTerm
{
    NegativeElbo,
    Reconstruction,
    Kl,
    ActiveUnits,
    Loss,
    KlWeight,
    ReconstructionWeight,
    LearningRate,
}

/// <summary>Computes curves from the metrics of runs.</summary>
internal static class RunCurveData
{
    // Of a curve; of many curves each has less, so that a chart stays small.
    private const int MaxPoints = 400;
    private const int MaxPointsOfChart = 8000;

    // Beyond it the axis of a chart has no representable range.
    private const double MaxValue = 1e100;
    private static readonly string[] Splits = ["train", "validation"];

    /// <summary>
    /// The series of a term for training and validation of each run, or of those epochs that are shown. Long series are thinned out; the
    /// last epoch is always kept.
    /// </summary>
    public static IReadOnlyList<RunSeries> Of(IReadOnlyList<RunOverview> runs, RunTerm term, (int From, int To)? zoom = null)
    {
        var max = Math.Clamp(MaxPointsOfChart / Math.Max(1, runs.Count * Splits.Length), 20, MaxPoints);
        return
        [
            .. from item in runs.Index()
               from split in IsSetting(term) ? Splits[..1] : Splits
               let points = Thin(Within(Points(item.Item, split, term), zoom), max)
               where points.Length > 0
               select new RunSeries(item.Index, split, points),
        ];
    }

    /// <summary>The rows of the split on which a run is best judged: validation, or training where nothing is held out.</summary>
    public static IReadOnlyList<MetricsRow> Judged(RunOverview run)
    {
        var validation = run.Metrics.Where(row => row.Split == "validation").ToList();
        return validation.Count > 0 ? validation : [.. run.Metrics.Where(row => row.Split == "train")];
    }

    /// <summary>The last epoch of any of the runs.</summary>
    public static int LastEpoch(IReadOnlyList<RunOverview> runs) => runs.Select(run => run.EpochsDone).DefaultIfEmpty(0).Max();

    /// <summary>
    /// Whether the curves of a term are informative: a constant weight is listed in the settings, and an unweighted loss equals the
    /// negative evidence lower bound.
    /// </summary>
    public static bool IsInformative(IReadOnlyList<RunOverview> runs, RunTerm term)
    {
        if (term == RunTerm.Loss)
            return runs.SelectMany(run => run.Metrics).Any(IsWeighted);
        // An autoencoder that encodes nothing, and a model without codes, have none.
        if (term == RunTerm.ActiveUnits)
            return runs.SelectMany(run => run.Metrics).Any(row => row.ActiveUnits > 0);
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

    private static RunPoint[] Points(RunOverview run, string split, RunTerm term) =>
    [
        .. from row in run.Metrics
           where row.Split == split
           let value = Value(row, term)
           where value is >= -MaxValue and <= MaxValue
           select new RunPoint(row.Epoch, value.Value, term == RunTerm.NegativeElbo ? row.StandardError : null),
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
        RunTerm.ActiveUnits => row.ActiveUnits,
        RunTerm.Loss => row.Loss,
        RunTerm.KlWeight => row.KlWeight,
        RunTerm.ReconstructionWeight => row.ReconstructionWeight,
        _ => row.LearningRate,
    };

    // With the neighbours on both sides, so that the lines go to the edge.
    private static RunPoint[] Within(RunPoint[] points, (int From, int To)? zoom)
    {
        if (zoom is not { } range)
            return points;
        var first = Array.FindIndex(points, point => point.Epoch >= range.From);
        var last = Array.FindLastIndex(points, point => point.Epoch <= range.To);
        return first < 0 || last < first ? [] : points[Math.Max(0, first - 1)..Math.Min(points.Length, last + 2)];
    }

    private static RunPoint[] Thin(RunPoint[] points, int max)
    {
        var step = (points.Length + max - 1) / max;
        return step <= 1 ? points : [.. points.Where((_, index) => index % step == 0 || index == points.Length - 1)];
    }
}
