using static TorchSharp.torch;

namespace Elbo;

/// <summary>
/// Keeps log-variances inside (-14, 14) without a kink: 14 · tanh(raw / 14). Near zero it is the identity, so an ordinary model is not
/// changed by it; far out it keeps exp() and its gradient finite whatever a network answers.
/// </summary>
internal static class LogVarianceBound
{
    public const double Limit = 14;

    public static Tensor Apply(Tensor raw) => (raw / Number(Limit)).tanh() * Number(Limit);

    /// <summary>The Gaussian whose means and raw log-variances are the two halves of a network's output.</summary>
    public static DiagonalGaussian Gaussian(Tensor output, DerivativeChain? chain)
    {
        var halves = output.chunk(2, -1);
        var bounded = Apply(halves[1]);
        chain?.Add(gradient =>
        {
            // d 14 tanh(raw / 14) / d raw = 1 - tanh².
            var slope = (bounded / Number(Limit)).Squared().neg_().add_(One, One);
            gradient.chunk(2, -1)[1].mul_(slope);
            return gradient;
        });
        return new DiagonalGaussian(halves[0], bounded);
    }
}
