using static TorchSharp.torch;

namespace Elbo;

/// <summary>
/// Keeps log-variances inside (-14, 14) without a kink: 14 · tanh(raw / 14). Near zero it is the identity, so an ordinary model is not
/// changed by it; far out it keeps exp() and its gradient finite whatever a network answers.
/// </summary>
internal static class LogVarianceBound
{
    public const double Limit = 14;

    public static Tensor Apply(Tensor raw) => (raw / Limit).tanh() * Limit;
}
