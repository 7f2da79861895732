using static TorchSharp.torch;

namespace Elbo;

/// <summary>The 256 levels of a byte, which values in 0..1 stand for: x is level round(255 · x).</summary>
internal static class GreyLevels
{
    public const int Count = 256;

    public const int Max = Count - 1;

    /// <summary>The level of each value, as a number in the type of the values; values beyond 0..1 count as the nearer end.</summary>
    public static Tensor Of(Tensor x) => (x * Number(Max)).round().clamp(Number(0), Number(Max));

    /// <summary>The same in a computation graph.</summary>
    public static GraphValue Of(GraphValue x) => (x * Max).Round().Clip(0, Max);
}
