using static TorchSharp.torch;

namespace Elbo;

/// <summary>
/// Some examples as tensors, ready for a model. They belong to the dispose scope in which the batch was made, or to who made them.
/// </summary>
/// <param name="Values">The values as the model sees them (images in 0..1, standardised rows), <c>[batch, size]</c>.</param>
/// <param name="Features">The features of their conditions, <c>[batch, features]</c>, or null without a condition.</param>
/// <param name="Target">
/// Ones where a value is scored and generated and zeros where it is part of the condition, <c>[batch or 1, size]</c>; null where all are
/// the target.
/// </param>
public sealed record Batch(Tensor Values, Tensor? Features = null, Tensor? Target = null)
{
    private readonly ReadOnlyMemory<long>? _indices;

    /// <summary>Labels as int64, <c>[batch]</c>, or null where the data has none.</summary>
    public Tensor? Labels { get; init; }

    /// <summary>
    /// The index of the condition of each example as int64, <c>[batch]</c>; null without a condition whose values can be listed.
    /// </summary>
    internal Tensor? Groups { get; init; }

    /// <summary>
    /// Which examples of a batch that several processes share these are; null where they are all. A process to which no example falls has
    /// one that only stands in.
    /// </summary>
    internal ProcessShare? Share { get; init; }

    /// <summary>
    /// The index of each example in the data as given, from which its noise derives; its position in a batch that was not taken from a
    /// dataset.
    /// </summary>
    public ReadOnlyMemory<long> Indices
    {
        get => _indices ?? Enumerable.Range(0, (int)Values.shape[0]).Select(position => (long)position).ToArray();
        init => _indices = value;
    }
}
