namespace Elbo.Studio;

/// <summary>Images as addresses that hold the picture itself, so that a page needs no second request for them.</summary>
internal static class PictureAddress
{
    /// <summary>One PNG of images side by side.</summary>
    /// <param name="images">At least one.</param>
    /// <param name="columns">Images per row; a near-square page by default.</param>
    /// <param name="scale">Pixels of the picture for each of an image: the browser enlarges further.</param>
    public static string Of(Images images, int? columns = null, int scale = 1) =>
        "data:image/png;base64," + Convert.ToBase64String(Png(images, columns, scale));

    public static byte[] Png(Images images, int? columns = null, int scale = 1) =>
        ImageGrid.ToPng(images, new ImageGridOptions { Columns = columns, Scale = scale });
}
