using System.Globalization;

namespace Elbo.Studio;

/// <summary>The values of the sliders as text: <c>3:1.5,7:-2</c> for the third and the seventh dimension; all others are 0.</summary>
internal static class SliderCode
{
    /// <summary>Reads a text for the sliders of a model. On the compute thread only.</summary>
    public static double[] Read(string? text, OpenModel opened) => text is null || !CodeSlider.HasCodes(opened)
        ? new double[opened.LatentSize]
        : Read(text, opened.LatentSize, CodeSlider.Of(opened), CodeSlider.RangeOf(opened));

    /// <summary>
    /// Reads a text, or one with a number for each dimension as <c>0.5,0,-1</c>. What does not fit is 0; values are rounded to two digits
    /// and clamped to the range of the sliders.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="latentSize">The number of latent dimensions.</param>
    /// <param name="sliders">Those with a slider: the others stay 0.</param>
    /// <param name="range">How far sliders go to both sides.</param>
    public static double[] Read(string? text, int latentSize, IReadOnlyList<CodeSlider> sliders, double range)
    {
        var values = new double[latentSize];
        if (string.IsNullOrEmpty(text))
            return values;
        var parts = text.Split(',', StringSplitOptions.TrimEntries);
        var isList = !text.Contains(':', StringComparison.Ordinal);
        if (isList && parts.Length != latentSize)
            return values;
        var shown = sliders.Select(slider => slider.Dimension).ToHashSet();
        foreach (var (position, part) in parts.Index())
        {
            var split = part.Split(':');
            var dimension = isList ? position : Address.Integer(split[0], 0, 0, latentSize) - 1;
            if (shown.Contains(dimension))
                values[dimension] = Math.Round(Address.Number(split[^1], 0, -range, range), 2) + 0.0;
        }

        return values;
    }

    /// <summary>Writes the values; null where all are 0.</summary>
    public static string? Write(IReadOnlyList<double> values)
    {
        var parts = values.Index().Where(value => value.Item != 0)
            .Select(value => string.Create(CultureInfo.InvariantCulture, $"{value.Index + 1}:{value.Item:0.##}"));
        return string.Join(',', parts) is { Length: > 0 } text ? text : null;
    }
}
