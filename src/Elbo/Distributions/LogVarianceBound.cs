using static TorchSharp.torch;

namespace Elbo;

/// <summary>
/// Keeps log-variances inside (-14, 14) without a kink: 14 · tanh(raw / 14). Near zero it is the identity, so it hardly
/// affects an ordinary model; for large outputs of a network it keeps exp() and its gradient finite.
/// </summary>
public static class LogVarianceBound
{
    /// <summary>The bound on either side.</summary>
    public const double Limit = 14;

    /// <summary>Bounds log-variances.</summary>
    /// <param name="raw">Real numbers of any shape.</param>
    /// <returns>Log-variances of that shape.</returns>
    public static Tensor Apply(Tensor raw) => (raw / Number(Limit)).tanh() * Number(Limit);

    /// <summary>The Gaussian whose means and raw log-variances are the two halves of a network's output.</summary>
    /// <param name="output">The output, <c>[..., 2 * latent]</c>.</param>
    /// <returns>The distribution.</returns>
    public static DiagonalGaussian Gaussian(Tensor output)
    {
        var halves = output.chunk(2, -1);
        return new DiagonalGaussian(halves[0], Apply(halves[1]));
    }

    /// <summary>Bounds log-variances in a computation graph.</summary>
    /// <param name="raw">Real numbers of any shape.</param>
    /// <returns>Log-variances of that shape.</returns>
    public static GraphValue Apply(GraphValue raw)
    {
        ArgumentNullException.ThrowIfNull(raw);
        return (raw / Limit).Tanh() * Limit;
    }

    /// <summary>The Gaussian whose means and raw log-variances are the two halves of a network's output, in a computation graph.</summary>
    /// <param name="output">The output, <c>[..., 2 * latent]</c>.</param>
    /// <returns>The distribution.</returns>
    public static GraphGaussian Gaussian(GraphValue output)
    {
        ArgumentNullException.ThrowIfNull(output);
        var latent = output.Width / 2;
        return new GraphGaussian(output.Columns(0, latent), Apply(output.Columns(latent, latent)));
    }
}
