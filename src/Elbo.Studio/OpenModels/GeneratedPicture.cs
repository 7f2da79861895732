namespace Elbo.Studio;

/// <summary>Pictures of generated values.</summary>
internal static class GeneratedPicture
{
    private const int Single = 112;

    /// <summary>Whether values have a picture: images that are grey, or red, green and blue.</summary>
    public static bool CanDraw(ValueShape shape) => shape.Image is { Channels: 1 or 3 };

    /// <summary>The picture of a page, the same as that of the command; null for values that have none.</summary>
    public static string? OfPage(ExampleValues values, int? columns = null) => CanDraw(values.Shape)
        ? "data:image/png;base64," + Convert.ToBase64String(ImageGrid.ToPng(values, new ImageGridOptions { Columns = columns }))
        : null;

    /// <summary>The picture of one value; null for one that has none.</summary>
    public static string? OfOne(ExampleValues value) => value.Shape.Image is { } shape && CanDraw(value.Shape)
        ? ImageDataUrl.Of(value, scale: Math.Max(1, Single / Math.Max(shape.Height, shape.Width)))
        : null;
}
