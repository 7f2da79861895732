namespace Elbo.Onnx;

/// <summary>How far an output of an exported graph is from what the model computes.</summary>
/// <param name="Graph">The graph, such as <c>decoder</c>.</param>
/// <param name="Output">Its output, such as <c>mean</c>.</param>
/// <param name="Greatest">The greatest |a - b| / max(1, |b|), with b the model's; infinite where one of them is no number.</param>
public sealed record OnnxDifference(string Graph, string Output, double Greatest)
{
    /// <summary>Whether it is within <see cref="OnnxCheck.Tolerance"/>.</summary>
    public bool IsWithinTolerance => Greatest <= OnnxCheck.Tolerance;

    internal static OnnxDifference Of(string graph, string output, ReadOnlySpan<float> actual, ReadOnlySpan<float> expected)
    {
        if (actual.Length != expected.Length)
        {
            throw new InputException(
                $"The output '{output}' of the graph '{graph}' has {actual.Length} numbers instead of {expected.Length}.");
        }

        var greatest = 0.0;
        for (var i = 0; i < actual.Length; i++)
        {
            var difference = Math.Abs((double)actual[i] - expected[i]) / Math.Max(1, Math.Abs((double)expected[i]));
            greatest = double.IsNaN(difference) ? double.PositiveInfinity : Math.Max(greatest, difference);
        }

        return new OnnxDifference(graph, output, greatest);
    }
}
