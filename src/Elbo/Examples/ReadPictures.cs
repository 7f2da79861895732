namespace Elbo;

/// <summary>The pictures of a folder.</summary>
/// <param name="Images">The images, with the names of their files, in the order of the folder.</param>
/// <param name="IsTest">Whether each belongs to the test split; null where the folder has no splits.</param>
/// <param name="Splits">Which folders are which split, in one sentence; null where the folder has no splits.</param>
/// <param name="IgnoredFiles">The number of files that are no pictures.</param>
/// <param name="SampleMaximum">The 16-bit sample that became 255; null if there were none of 16 bits.</param>
internal sealed record ReadPictures(
    ImageDataset Images, IReadOnlyList<bool>? IsTest, string? Splits, int IgnoredFiles, int? SampleMaximum);
