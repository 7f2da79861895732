using System.Globalization;

namespace Elbo.Studio;

/// <summary>One attribute as a slider, in the units of the data.</summary>
/// <param name="Name">Its name, or its number.</param>
/// <param name="Low">The left end: three deviations below the mean, or the smallest value of a held-out example if that is larger.</param>
/// <param name="High">The right end, likewise.</param>
/// <param name="Step">The distance of neighbouring values: a power of ten.</param>
/// <param name="Mean">The mean over the training, where the slider starts.</param>
internal sealed record AttributeRange(string Name, double Low, double High, double Step, double Mean)
{
    private const double Deviations = 3;
    private const double MinSteps = 50;

    /// <summary>The attributes that a model is conditioned on; empty for none.</summary>
    public static IReadOnlyList<AttributeRange> Of(OpenModel opened)
    {
        if (opened.Attributes is not { } condition)
            return [];
        var (names, values) = (opened.AttributeNames, opened.Shown.Examples.Attributes?.ToValues());
        return
        [
            .. condition.Mean.Select((mean, index) => Of(
                names[index],
                mean,
                condition.Deviation[index],
                values is null ? [] : ColumnOf(values, index))),
        ];
    }

    /// <summary>Reads values; one that is missing is the mean, and all are in the range of their slider.</summary>
    public static double[] Read(IReadOnlyList<AttributeRange> ranges, string? text)
    {
        var parts = text?.Split(',', StringSplitOptions.TrimEntries) ?? [];
        return
        [
            .. ranges.Select((range, index) =>
                range.Rounded(parts.Length == ranges.Count ? Address.Number(parts[index], range.Mean, range.Low, range.High) : range.Mean)),
        ];
    }

    /// <summary>Writes values; null where all are means.</summary>
    public static string? Write(IReadOnlyList<AttributeRange> ranges, IReadOnlyList<double> values) =>
        ranges.Index().All(range => values[range.Index] == range.Item.Rounded(range.Item.Mean)) ? null : Text(values);

    /// <summary>Values with commas, as an option of a command takes them.</summary>
    public static string Text(IEnumerable<double> values) =>
        string.Join(',', values.Select(value => value.ToString(CultureInfo.InvariantCulture)));

    private static AttributeRange Of(string name, double mean, double deviation, double[] values)
    {
        var (low, high) = (mean - Deviations * deviation, mean + Deviations * deviation);
        if (values.Length > 0)
            (low, high) = (Math.Max(low, values.Min()), Math.Min(high, values.Max()));
        if (!(low < high))
            (low, high) = (mean - Deviations * deviation, mean + Deviations * deviation);
        var step = Math.Pow(10, Math.Floor(Math.Log10((high - low) / MinSteps)));
        return new AttributeRange(name, Rounded(low, step), Rounded(high, step), step, mean);
    }

    private static double[] ColumnOf(ExampleValues attributes, int column) =>
        [.. Enumerable.Range(0, attributes.Count).Select(row => attributes.Row(row)[column])];

    private double Rounded(double value) => Rounded(value, Step);

    // A multiple of the step with few digits: 0.3, not 0.30000000000000004.
    private static double Rounded(double value, double step) => step < 1
        ? Math.Round(value, Math.Min(15, (int)Math.Round(-Math.Log10(step)))) + 0.0
        : Math.Round(value / step) * step + 0.0;
}
