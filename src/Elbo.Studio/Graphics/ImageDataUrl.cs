namespace Elbo.Studio;

/// <summary>Images as data URLs, so that a page needs no further request for them.</summary>
internal static class ImageDataUrl
{
    /// <summary>Encodes images as one PNG with the images in a grid.</summary>
    /// <param name="images">At least one.</param>
    /// <param name="columns">Images per row; a nearly square grid by default.</param>
    /// <param name="scale">PNG pixels per image pixel and side; the browser enlarges the result further.</param>
    public static string Of(ExampleValues images, int? columns = null, int scale = 1) =>
        "data:image/png;base64," + Convert.ToBase64String(Png(images, columns, scale));

    public static byte[] Png(ExampleValues images, int? columns = null, int scale = 1) =>
        ImageGrid.ToPng(images, new ImageGridOptions { Columns = columns, Scale = scale });
}
