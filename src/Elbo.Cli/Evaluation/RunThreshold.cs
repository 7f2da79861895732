using Elbo.Studio;

namespace Elbo.Cli;

/// <summary>The threshold of a run at a rate: the one that it keeps, or one that is calibrated now.</summary>
internal static class RunThreshold
{
    /// <summary>Finds it; why the kept one is not taken is said on stderr.</summary>
    /// <param name="run">The run.</param>
    /// <param name="rate">The false-positive rate.</param>
    /// <param name="data">The run's own data where it was loaded already; null otherwise.</param>
    /// <param name="anomalies">Labels of anomalies, which are left out of a calibration.</param>
    /// <exception cref="InputException">The kept calibration cannot be read, or the data of the run is missing.</exception>
    /// <exception cref="SettingsException">The run has no validation split, or one that is too small for the rate.</exception>
    public static CalibrationRecord At(Run run, double rate, RunData? data, IReadOnlyList<string> anomalies)
    {
        var kept = run.Directory.ReadCalibration();
        var stale = kept is null ? null : run.FindStaleness(kept);
        if (kept is not null && stale is null && kept.Threshold.FalsePositiveRate.Equals(rate))
            return kept;
        var held = AnomalyLabels.WithoutAnomalies(
            HeldOutExamples.OfValidation(run, data is { IsOriginal: true } ? data : RunData.Load(run.Directory, null)), anomalies);
        var record = run.Calibrate(held.Examples, rate, held.Description);
        var text = ThresholdReport.RateText(rate);
        var reason = stale ?? (kept is null
            ? $"The run {run.Folder} is not calibrated."
            : $"The run {run.Folder} is calibrated at another rate, {ThresholdReport.RateText(kept.Threshold.FalsePositiveRate)}.");
        Console.Error.WriteLine(
            PrintableText.Of(reason) + " The threshold is calibrated now and not kept; "
            + $"'{Invocation.Command("calibrate", Invocation.Shorten(run.Folder), "--threshold", text)}' keeps one.");
        return record;
    }
}
