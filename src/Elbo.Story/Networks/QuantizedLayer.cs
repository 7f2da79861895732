namespace Elbo.Story;

/// <summary>
/// A fully connected layer whose weights are 8-bit integers with one scale for each output: weight = integer * scale. Biases are not
/// quantised.
/// </summary>
internal sealed class QuantizedLayer : DenseLayer
{
    private QuantizedLayer(sbyte[] integers, float[] scales, float[] bias)
        : base([.. integers.Select((integer, index) => integer * scales[index / (integers.Length / bias.Length)])], bias) =>
        (Integers, Scales) = (integers, scales);

    /// <summary>The integers, <c>[outputs, inputs]</c>.</summary>
    public sbyte[] Integers { get; }

    /// <summary>The scale of each output.</summary>
    public float[] Scales { get; }

    /// <summary>Quantises a layer.</summary>
    /// <param name="weight">The weights, <c>[outputs, inputs]</c>.</param>
    /// <param name="bias">The bias of each output.</param>
    /// <param name="steps">What the largest weight of an output becomes, or minus that: fewer steps compress better.</param>
    public static QuantizedLayer Of(ReadOnlySpan<float> weight, float[] bias, int steps = sbyte.MaxValue)
    {
        var (outputs, inputs) = (bias.Length, weight.Length / bias.Length);
        var integers = new sbyte[weight.Length];
        var scales = new float[outputs];
        for (var row = 0; row < outputs; row++)
        {
            var values = weight.Slice(row * inputs, inputs);
            var largest = 0f;
            foreach (var value in values)
                largest = Math.Max(largest, Math.Abs(value));
            scales[row] = largest == 0 ? 1 : largest / steps;
            for (var i = 0; i < inputs; i++)
                integers[row * inputs + i] = (sbyte)MathF.Round(values[i] / scales[row]);
        }

        return new QuantizedLayer(integers, scales, bias);
    }
}
