using System.Globalization;

namespace Elbo.Cli;

/// <summary>The diversity of samples at the same condition; the property names are the JSON names of the command line.</summary>
internal sealed record DiversityMetrics(double SampleVariety, int SampleVarietyConditions, int SamplesPerCondition)
{
    public static DiversityMetrics Of(SampleVariety variety) => new(variety.Distance, variety.Conditions, variety.Samples);

    public void AddTo(TextTable lines) => lines.Add(
        "sample diversity",
        string.Create(
            CultureInfo.InvariantCulture,
            $"{SampleVariety:0.00}, the mean distance between {SamplesPerCondition} samples at the same condition, "
            + $"over {SampleVarietyConditions} conditions"));
}
