namespace Elbo.Story;

/// <summary>A fully connected layer.</summary>
/// <param name="weight">The weights, <c>[outputs, inputs]</c>.</param>
/// <param name="bias">The bias of each output.</param>
internal class DenseLayer(float[] weight, float[] bias)
{
    /// <summary>The size of the input.</summary>
    public int Inputs { get; } = weight.Length / bias.Length;

    /// <summary>The size of the output.</summary>
    public int Outputs => Bias.Length;

    /// <summary>The weights, <c>[outputs, inputs]</c>.</summary>
    public float[] Weight => weight;

    /// <summary>The bias of each output.</summary>
    public float[] Bias => bias;
}
