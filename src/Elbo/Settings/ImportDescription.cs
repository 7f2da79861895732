namespace Elbo;

/// <summary>The origin of an imported dataset, stored in its folder as source.json. It contains no timestamps.</summary>
internal sealed record ImportDescription
{
    public required string Source { get; init; }

    public required string? Labels { get; init; }

    public required string? Attributes { get; init; }

    public required IReadOnlyList<string>? AttributeColumns { get; init; }

    public required double TestFraction { get; init; }

    public required ulong Seed { get; init; }

    public required ValueShape Shape { get; init; }

    public required int TrainImages { get; init; }

    public required int TestImages { get; init; }

    /// <summary>The hashes of the two splits, as computed by <see cref="ExampleSet.Sha256"/>.</summary>
    public required string TrainSha256 { get; init; }

    public required string TestSha256 { get; init; }
}
