namespace Elbo;

/// <summary>The images of a source before the split.</summary>
/// <param name="Images">The images and their labels, if any, in the order of the source.</param>
/// <param name="IgnoredFiles">The number of ignored files of the source.</param>
internal sealed record ImportedImages(ExampleSet Images, int IgnoredFiles = 0);
