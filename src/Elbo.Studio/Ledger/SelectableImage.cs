namespace Elbo.Studio;

/// <summary>A test image that can be selected.</summary>
/// <param name="Index">The index among the test images.</param>
/// <param name="Label">Its label.</param>
/// <param name="DataUrl">The image as a data URL.</param>
internal sealed record SelectableImage(int Index, int Label, string DataUrl)
{
    /// <summary>One image of each digit.</summary>
    public static IReadOnlyList<SelectableImage> OneOfEach(MnistImages images) =>
    [
        .. images.ShownIndices.Select(index => (Index: index, Label: images.Test.Labels.Span[index]))
            .DistinctBy(image => image.Label)
            .OrderBy(image => image.Label)
            .Select(image => new SelectableImage(
                image.Index, image.Label, ImageDataUrl.Of(images.Test.ToValues(image.Index), scale: 2))),
    ];
}
