using System.Globalization;

namespace Elbo.Cli;

/// <summary>The estimates of <c>evaluate --importance-samples</c>; the property names are the JSON names of the command line.</summary>
internal sealed record LikelihoodMetrics
{
    private readonly LikelihoodReport _report;

    public LikelihoodMetrics(LikelihoodReport report) => _report = report;

    public int ImportanceSamples => _report.ImportanceSampling.Samples;

    public double? NegativeElboMonteCarloStandardError => _report.NegativeElbo.MonteCarloStandardError;

    public double ImportanceSampledNll => _report.ImportanceSampling.Nats;

    public double? ImportanceSampledNllStandardError => MetricText.Error(_report.ImportanceSampling.StandardError);

    public double? ImportanceSampledNllMonteCarloStandardError => _report.ImportanceSampling.MonteCarloStandardError;

    public double? ImportanceSampledNllEffectiveSamples => _report.ImportanceSampling.MedianEffectiveSampleSize;

    public bool ImportanceSampledNllIsReliable => _report.ImportanceSampling.IsReliable;

    public double ImportanceSampledNllMicroseconds => _report.ImportanceSampling.Microseconds;

    public double PriorMonteCarloNll => _report.PriorMonteCarlo.Nats;

    public double? PriorMonteCarloNllStandardError => MetricText.Error(_report.PriorMonteCarlo.StandardError);

    public double? PriorMonteCarloNllMonteCarloStandardError => _report.PriorMonteCarlo.MonteCarloStandardError;

    public double? PriorMonteCarloNllEffectiveSamples => _report.PriorMonteCarlo.MedianEffectiveSampleSize;

    public bool PriorMonteCarloNllIsReliable => _report.PriorMonteCarlo.IsReliable;

    public double PriorMonteCarloNllMicroseconds => _report.PriorMonteCarlo.Microseconds;

    /// <summary>Writes a table with one row per estimator: its K, both standard errors and the effective sample size.</summary>
    public void WriteText(TextWriter writer, bool isConditional)
    {
        var target = isConditional ? "-log p(x|c)" : "-log p(x)";
        var table = new TextTable($"{target} by", "nats", "K", "s.e. examples", "s.e. draws", "effective K", "µs per image and draw");
        Add("the bound (-ELBO)", _report.NegativeElbo);
        Add("prior Monte Carlo", _report.PriorMonteCarlo);
        Add("importance sampling", _report.ImportanceSampling);
        writer.WriteLine();
        table.Write(writer);

        void Add(string name, LikelihoodEstimate estimate) => table.Add(
            name,
            MetricText.Nats(estimate.Nats),
            estimate.Samples.ToString(CultureInfo.InvariantCulture),
            double.IsFinite(estimate.StandardError) ? Error(estimate.StandardError) : "none",
            estimate.MonteCarloStandardError is { } error ? Error(error) : "unknown",
            estimate.MedianEffectiveSampleSize?.ToString("0.0", CultureInfo.InvariantCulture) ?? "",
            estimate.Microseconds.ToString("0.00", CultureInfo.InvariantCulture));
    }

    /// <summary>Returns one warning for each estimate that has too few effective samples.</summary>
    public IEnumerable<string> Warnings()
    {
        (string, LikelihoodEstimate)[] estimates =
            [("importance sampling", _report.ImportanceSampling), ("prior Monte Carlo", _report.PriorMonteCarlo)];
        foreach (var (name, estimate) in estimates)
        {
            if (estimate.IsReliable)
                continue;
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"Warning: the median effective sample size of {name} is {estimate.MedianEffectiveSampleSize:0.0} of {estimate.Samples}, "
                + $"below {LikelihoodEstimate.MinEffectiveSampleSize:0}: the estimate is biased upwards, which its standard error over "
                + $"draws does not include, and that error is a rough guide.");
        }
    }

    private static string Error(double error) => error.ToString("0.0000", CultureInfo.InvariantCulture);
}
