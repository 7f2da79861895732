namespace Elbo;

/// <summary>Some examples in managed memory: what a condition computes its features from.</summary>
public readonly ref struct ExampleRows
{
    /// <summary>The number of examples.</summary>
    public required int Count { get; init; }

    /// <summary>
    /// The values as the model sees them, that is binarised or standardised if they are, <c>[count, size]</c>.
    /// </summary>
    public required ReadOnlySpan<float> Values { get; init; }

    /// <summary>The labels, <c>[count]</c>; empty where the data has none.</summary>
    public ReadOnlySpan<int> Labels { get; init; }

    /// <summary>The attributes in their own units, <c>[count, width]</c>; empty where the data has none.</summary>
    public ReadOnlySpan<double> Attributes { get; init; }

    /// <summary>The index of each example in the data as given, <c>[count]</c>.</summary>
    public ReadOnlySpan<long> Indices { get; init; }
}
