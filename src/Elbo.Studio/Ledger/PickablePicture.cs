namespace Elbo.Studio;

/// <summary>A test image to pick from.</summary>
/// <param name="Index">Which of the test images.</param>
/// <param name="Label">The digit that it shows.</param>
/// <param name="Address">The image itself.</param>
internal sealed record PickablePicture(int Index, int Label, string Address)
{
    /// <summary>One of each digit.</summary>
    public static IReadOnlyList<PickablePicture> OneOfEach(MnistPictures pictures) =>
    [
        .. pictures.ShownIndices.Select(index => (Index: index, Label: (int)pictures.Test.Labels.Span[index]))
            .DistinctBy(picture => picture.Label)
            .OrderBy(picture => picture.Label)
            .Select(picture => new PickablePicture(picture.Index, picture.Label, PictureAddress.Of(Brightness(pictures.Test.Image(picture.Index)), scale: 2))),
    ];

    private static Images Brightness(ReadOnlySpan<byte> pixels)
    {
        var values = new float[pixels.Length];
        for (var i = 0; i < values.Length; i++)
            values[i] = pixels[i] / (float)byte.MaxValue;
        return new Images(MnistPictures.Shape, values);
    }
}
