namespace Elbo;

/// <summary>
/// Scales a plane of samples by linear interpolation; where it becomes smaller, over all pixels that an output pixel covers, so that
/// nothing is left out (the triangle filter of Pillow's and torchvision's antialiased bilinear resizing).
/// </summary>
internal static class Resampling
{
    /// <summary>Scales an area of a plane.</summary>
    /// <param name="source">The plane.</param>
    /// <param name="stride">The number of its columns.</param>
    /// <param name="area">The area.</param>
    /// <param name="destination">Receives the samples.</param>
    /// <param name="size">The size of the result.</param>
    public static void Resample(
        ReadOnlySpan<ushort> source,
        int stride,
        (int X, int Y, int Width, int Height) area,
        Span<ushort> destination,
        PictureSize size)
    {
        var (across, down) = (WeightsOf(area.Width, size.Width), WeightsOf(area.Height, size.Height));
        var rows = new float[area.Height * size.Width];
        for (var y = 0; y < area.Height; y++)
        {
            var line = source.Slice((area.Y + y) * stride + area.X, area.Width);
            for (var x = 0; x < size.Width; x++)
            {
                var (start, weights) = across[x];
                var sum = 0f;
                for (var i = 0; i < weights.Length; i++)
                    sum += weights[i] * line[start + i];
                rows[y * size.Width + x] = sum;
            }
        }

        for (var y = 0; y < size.Height; y++)
        {
            var (start, weights) = down[y];
            for (var x = 0; x < size.Width; x++)
            {
                var sum = 0f;
                for (var i = 0; i < weights.Length; i++)
                    sum += weights[i] * rows[(start + i) * size.Width + x];
                destination[y * size.Width + x] = (ushort)Math.Clamp(MathF.Round(sum, MidpointRounding.AwayFromZero), 0, ushort.MaxValue);
            }
        }
    }

    /// <summary>Which pixels make each output pixel, and with which weights; they sum to 1.</summary>
    private static (int Start, float[] Weights)[] WeightsOf(int from, int to)
    {
        var scale = (double)from / to;
        var support = Math.Max(1, scale);
        var all = new (int, float[])[to];
        for (var i = 0; i < to; i++)
        {
            var center = (i + 0.5) * scale;
            var start = Math.Max(0, (int)Math.Floor(center - support + 0.5));
            var end = Math.Min(from, (int)Math.Ceiling(center + support - 0.5));
            double[] weights = [.. Enumerable.Range(start, Math.Max(1, end - start))
                .Select(pixel => Math.Max(0, 1 - Math.Abs((pixel + 0.5 - center) / support)))];
            var sum = weights.Sum();
            all[i] = (start, [.. weights.Select(weight => (float)(weight / sum))]);
        }

        return all;
    }
}
