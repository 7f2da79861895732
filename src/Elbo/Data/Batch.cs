using static TorchSharp.torch;

namespace Elbo;

/// <summary>Some examples as tensors, ready for a model.</summary>
/// <param name="Pixels">Images in 0..1, <c>[batch, channels * height * width]</c>.</param>
/// <param name="Labels">Labels as int64, <c>[batch]</c>, or null where the data has none.</param>
/// <param name="Attributes">Attributes, <c>[batch, width]</c>, or null where the data has none.</param>
public sealed record Batch(Tensor Pixels, Tensor? Labels, Tensor? Attributes = null)
{
    /// <summary>Some of the examples, one after another.</summary>
    internal Batch Narrow(long start, long count) =>
        new(Pixels.narrow(0, start, count), Labels?.narrow(0, start, count), Attributes?.narrow(0, start, count));
}
