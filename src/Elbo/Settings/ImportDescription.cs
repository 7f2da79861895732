namespace Elbo;

/// <summary>The origin of an imported dataset, stored in its folder as source.json. It contains no timestamps.</summary>
internal sealed record ImportDescription
{
    public required string Source { get; init; }

    public required string? Labels { get; init; }

    public required string? Attributes { get; init; }

    public required IReadOnlyList<string>? AttributeColumns { get; init; }

    /// <summary>How pictures became images, as <see cref="PictureOptions"/>; the sample maximum is the one that was used.</summary>
    public required string? Background { get; init; }

    public required string? Resize { get; init; }

    public required bool Crop { get; init; }

    public required int? SampleMaximum { get; init; }

    /// <summary>Null, as the seed, where the folders of the source gave the splits.</summary>
    public required double? TestFraction { get; init; }

    public required ulong? Seed { get; init; }

    public required ValueShape Shape { get; init; }

    public required int TrainImages { get; init; }

    public required int TestImages { get; init; }

    /// <summary>The hashes of the two splits, as computed by <see cref="ExampleSet.Sha256"/>.</summary>
    public required string TrainSha256 { get; init; }

    public required string TestSha256 { get; init; }
}
