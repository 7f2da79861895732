namespace Elbo;

/// <summary>The images of a source before the split.</summary>
/// <param name="Images">The images and their labels, if any, in the order of the source.</param>
/// <param name="Pictures">What else is known of a folder of pictures; null for an array.</param>
internal sealed record ImportedImages(ExampleSet Images, ReadPictures? Pictures = null);
