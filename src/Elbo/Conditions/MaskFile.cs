namespace Elbo;

/// <summary>Reads a mask from a picture: bright pixels are visible, dark ones hidden.</summary>
internal static class MaskFile
{
    private const byte FirstBright = 128;

    /// <summary>The condition on the visible pixels, for images of any number of channels.</summary>
    /// <exception cref="InputException">The file is missing or corrupt, has colours, or hides nothing or everything.</exception>
    public static RegionCondition Read(string path)
    {
        var image = PictureDecoder.Read(path);
        if (image.Shape.Channels != 1)
            throw new InputException($"{path} has colours, and a mask is white where the image is visible and black where it is hidden.");
        var pixels = image.ToBytes();
        var visible = pixels.Count(pixel => pixel >= FirstBright);
        if (visible == 0 || visible == pixels.Length)
        {
            throw new InputException(
                $"{path} hides {(visible == 0 ? "everything" : "nothing")}: a mask is white where the image is visible and "
                + "black where it is hidden, and needs both.");
        }

        var rows = pixels.Chunk(image.Shape.Width)
            .Select(row => string.Concat(row.Select(pixel => pixel >= FirstBright ? '1' : '0')));
        return new RegionCondition(Regions.Mask, default, string.Join('/', rows));
    }
}
