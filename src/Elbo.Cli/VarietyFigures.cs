using System.Globalization;

namespace Elbo.Cli;

/// <summary>How different samples at the same condition are, under the names that the command line prints it by.</summary>
internal sealed record VarietyFigures(double SampleVariety, int SampleVarietyConditions, int SamplesPerCondition)
{
    public static VarietyFigures Of(SampleVariety variety) => new(variety.Distance, variety.Conditions, variety.Samples);

    public void AddTo(TextTable lines) => lines.Add(
        "variety of samples",
        string.Create(
            CultureInfo.InvariantCulture,
            $"{SampleVariety:0.00}, the mean distance between {SamplesPerCondition} images at the same condition, over {SampleVarietyConditions} different conditions"));
}
