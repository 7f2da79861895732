namespace Elbo;

/// <summary>What an import of images is told.</summary>
internal sealed record ImportOptions
{
    public const double DefaultTestFraction = 1.0 / 7;

    /// <summary>A folder with PNG files, or with one folder of PNG files per label; or a NumPy file.</summary>
    public required string Source { get; init; }

    /// <summary>The folder to write; it does not exist yet or is empty.</summary>
    public required string Output { get; init; }

    /// <summary>The labels, as a NumPy file or as text with one whole number a line; null for none, or those of the folders.</summary>
    public string? Labels { get; init; }

    /// <summary>A file of attributes, one row for each image in their order; null for none.</summary>
    public string? Attributes { get; init; }

    /// <summary>The columns of <see cref="Attributes"/> that are taken; null for all.</summary>
    public IReadOnlyList<string>? AttributeColumns { get; init; }

    /// <summary>The share of images that becomes the test split. Default: one seventh, as in MNIST.</summary>
    public double TestFraction { get; init; } = DefaultTestFraction;

    /// <summary>The seed of the order, of which the last images become the test split.</summary>
    public ulong Seed { get; init; }
}

/// <summary>What an import has done.</summary>
/// <param name="Dataset">The dataset as it was written.</param>
/// <param name="IgnoredFiles">How many files of the source are no PNG files and were left out.</param>
internal sealed record ImportResult(Dataset Dataset, int IgnoredFiles);

/// <summary>Images as a source holds them, before they are split.</summary>
/// <param name="Images">The images and their labels, if any, in the order of the source.</param>
/// <param name="LabelNames">What the labels stand for, where the source says it.</param>
/// <param name="IgnoredFiles">How many files of the source were left out.</param>
internal sealed record ImportedImages(ImageDataset Images, IReadOnlyList<string>? LabelNames = null, int IgnoredFiles = 0);
