namespace Elbo.Studio;

/// <summary>
/// Colours for one number per pixel: white for zero, dark for large values, in a single hue whose lightness encodes the value.
/// </summary>
internal static class HeatMap
{
    private static readonly (float Red, float Green, float Blue)[] Stops =
        [(1.00f, 1.00f, 1.00f), (0.99f, 0.75f, 0.44f), (0.84f, 0.37f, 0.00f), (0.35f, 0.08f, 0.02f)];

    /// <summary>The heat map of values between 0 and <paramref name="max"/>.</summary>
    public static ExampleValues Of(ReadOnlySpan<float> numbers, ImageShape shape, float max)
    {
        var pixels = shape.Height * shape.Width;
        var values = new float[3 * pixels];
        for (var i = 0; i < pixels; i++)
        {
            var position = max > 0 ? Math.Clamp(numbers[i] / max, 0, 1) * (Stops.Length - 1) : 0;
            var stop = Math.Min((int)position, Stops.Length - 2);
            var (from, to, share) = (Stops[stop], Stops[stop + 1], position - stop);
            values[i] = from.Red + share * (to.Red - from.Red);
            values[pixels + i] = from.Green + share * (to.Green - from.Green);
            values[2 * pixels + i] = from.Blue + share * (to.Blue - from.Blue);
        }

        return new ExampleValues(shape with { Channels = 3 }, values);
    }
}
