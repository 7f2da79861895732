namespace Elbo.Story;

/// <summary>
/// Fully connected layers with a ReLU between them, in double precision and plain loops: its results do not depend on the processor, so
/// that the page has the same bytes everywhere, and it is independent of libtorch and of the page's own code.
/// </summary>
/// <param name="layers">The layers, from the input to the output.</param>
internal sealed class DenseNetwork(IReadOnlyList<DenseLayer> layers)
{
    /// <summary>The layers, from the input to the output.</summary>
    public IReadOnlyList<DenseLayer> Layers => layers;

    /// <summary>The size of the input.</summary>
    public int Inputs => layers[0].Inputs;

    /// <summary>The size of the output.</summary>
    public int Outputs => layers[^1].Outputs;

    /// <summary>The output for one input.</summary>
    public double[] Run(ReadOnlySpan<double> input)
    {
        if (input.Length != Inputs)
            throw new ArgumentException($"The network takes {Inputs} numbers, not {input.Length}.", nameof(input));
        var values = input.ToArray();
        for (var i = 0; i < layers.Count; i++)
            values = Run(layers[i], values, isLast: i == layers.Count - 1);
        return values;
    }

    private static double[] Run(DenseLayer layer, double[] input, bool isLast)
    {
        // Most pixels are black, and a ReLU leaves many zeros.
        int[] active = [.. Enumerable.Range(0, input.Length).Where(i => input[i] != 0)];
        var output = new double[layer.Outputs];
        for (var row = 0; row < output.Length; row++)
        {
            double sum = layer.Bias[row];
            var weights = layer.Weight.AsSpan(row * layer.Inputs, layer.Inputs);
            foreach (var i in active)
                sum += weights[i] * input[i];
            output[row] = isLast ? sum : Math.Max(0, sum);
        }

        return output;
    }
}
