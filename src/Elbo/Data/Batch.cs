using static TorchSharp.torch;

namespace Elbo;

/// <summary>Some examples as tensors, ready for a model.</summary>
/// <param name="Pixels">Images in 0..1, <c>[batch, channels * height * width]</c>.</param>
/// <param name="Labels">Labels as int64, <c>[batch]</c>, or null where the data has none.</param>
/// <param name="Attributes">Attributes, <c>[batch, width]</c>, or null where the data has none.</param>
public sealed record Batch(Tensor Pixels, Tensor? Labels, Tensor? Attributes = null)
{
    private readonly ReadOnlyMemory<long>? _indices;

    /// <summary>
    /// The index of each example in the data as given, from which its noise derives; its position in a batch that was not taken from a
    /// dataset.
    /// </summary>
    public ReadOnlyMemory<long> Indices
    {
        get => _indices ?? Enumerable.Range(0, (int)Pixels.shape[0]).Select(position => (long)position).ToArray();
        init => _indices = value;
    }
}
