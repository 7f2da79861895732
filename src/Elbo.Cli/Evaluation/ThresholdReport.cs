using System.Globalization;

namespace Elbo.Cli;

/// <summary>A threshold for anomalies as it is printed, with the names that JSON has.</summary>
internal sealed record ThresholdReport(
    double FalsePositiveRate,
    double Threshold,
    double? ThresholdLow,
    double? ThresholdHigh,
    double RateLow,
    double RateHigh,
    int CalibrationExamples,
    string? CalibrationData)
{
    private const string Interval = "95 % interval";

    public static ThresholdReport Of(CalibrationRecord record)
    {
        var threshold = record.Threshold;
        return new(
            threshold.FalsePositiveRate,
            threshold.Value,
            threshold.Low,
            threshold.High,
            threshold.RateLow,
            threshold.RateHigh,
            threshold.Count,
            record.Data);
    }

    /// <summary>Where the threshold comes from.</summary>
    public string SourceText() =>
        CalibrationData is null ? $"{CalibrationExamples} examples" : $"{CalibrationExamples} examples: {CalibrationData}";

    /// <summary>A rate in decimal digits.</summary>
    public static string RateText(double rate) => ((decimal)rate).ToString(CultureInfo.InvariantCulture);

    public void AddTo(TextTable lines)
    {
        lines.Add("threshold", $"{MetricText.Nats(Threshold)} nats ({IntervalText()})");
        lines.Add(
            "false-positive rate",
            $"at most {RateText(FalsePositiveRate)} on average over calibrations; with this threshold {Rate(RateLow)} to {Rate(RateHigh)} "
                + $"({Interval})");
        lines.Add("calibrated on", SourceText());
    }

    private string IntervalText() => (ThresholdLow, ThresholdHigh) switch
    {
        ({ } low, { } high) => $"{Interval} {MetricText.Nats(low)} to {MetricText.Nats(high)}",
        ({ } low, null) => $"{Interval} from {MetricText.Nats(low)}; too few examples for an upper end",
        (null, { } high) => $"{Interval} to {MetricText.Nats(high)}; too few examples for a lower end",
        _ => $"too few examples for a {Interval}",
    };

    private static string Rate(double value) => value.ToString("0.0000", CultureInfo.InvariantCulture);
}
