namespace Elbo.Story;

/// <summary>Numbers as 16-bit integers with one scale for all: <c>NAME</c> and <c>NAME.scale</c>.</summary>
internal static class ScaledShorts
{
    /// <summary>Adds numbers as two tensors.</summary>
    public static void Add(List<PackTensor> tensors, string name, ReadOnlySpan<double> values, params int[] shape)
    {
        var scale = ScaleOf(values);
        tensors.Add(PackTensor.OfShorts(name, Round(values, scale), shape));
        tensors.Add(PackTensor.OfFloats($"{name}.scale", [scale], 1));
    }

    /// <summary>The scale with which the largest number becomes 32767.</summary>
    public static float ScaleOf(ReadOnlySpan<double> values)
    {
        var largest = 0d;
        foreach (var value in values)
            largest = Math.Max(largest, Math.Abs(value));
        return largest == 0 ? 1 : (float)(largest / short.MaxValue);
    }

    /// <summary>The integers.</summary>
    public static short[] Round(ReadOnlySpan<double> values, float scale)
    {
        var integers = new short[values.Length];
        for (var i = 0; i < integers.Length; i++)
            integers[i] = (short)Math.Clamp(Math.Round(values[i] / scale), -short.MaxValue, short.MaxValue);
        return integers;
    }
}
