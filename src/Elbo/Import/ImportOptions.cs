namespace Elbo;

/// <summary>The options of an image import.</summary>
public sealed record ImportOptions
{
    /// <summary>One seventh, as in MNIST.</summary>
    public const double DefaultTestFraction = 1.0 / 7;

    /// <summary>
    /// A folder as <see cref="ImageDataset.FromPictureFolder"/> reads it, whose folders <c>train</c> and <c>test</c> (or <c>val</c>) are
    /// the splits if it has them; or a NumPy file.
    /// </summary>
    public required string Source { get; init; }

    /// <summary>The folder to create; it must not exist or be empty.</summary>
    public required string Output { get; init; }

    /// <summary>
    /// The labels, as a NumPy file or as text with one integer per line, in the order of the images; or a CSV file with a column
    /// <c>label</c>, whose rows are joined to the images by a column <c>filename</c> if it has one. Null for none, or for the labels of the
    /// folders.
    /// </summary>
    public string? Labels { get; init; }

    /// <summary>
    /// A file of attributes, one row per image, in the same order or joined by a column <c>filename</c> of a CSV file; null for none.
    /// </summary>
    public string? Attributes { get; init; }

    /// <summary>The columns of <see cref="Attributes"/> to use; null for all.</summary>
    public IReadOnlyList<string>? AttributeColumns { get; init; }

    /// <summary>How pictures become images of one shape.</summary>
    public PictureOptions Pictures { get; init; } = new();

    /// <summary>The fraction of images in the test split, where folders do not give it. Default: one seventh, as in MNIST.</summary>
    public double TestFraction { get; init; } = DefaultTestFraction;

    /// <summary>The seed of the permutation, whose last images form the test split.</summary>
    public ulong Seed { get; init; }

    /// <summary>The values with their names, by the invariant culture.</summary>
    public override string ToString() => RecordText.Of(nameof(ImportOptions), PrintMembers);
}
