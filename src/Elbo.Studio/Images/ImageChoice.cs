namespace Elbo.Studio;

/// <summary>An image that the user chose: a test image or a drawing.</summary>
internal sealed record ImageChoice
{
    private ImageChoice(int? index, byte[]? drawn) => (Index, Drawn) = (index, drawn);

    /// <summary>The index of a test image, from 0; null for a drawing.</summary>
    public int? Index { get; }

    /// <summary>28 rows of 28 grey values, from 0 (dark background) to 255 (bright stroke); null for a test image.</summary>
    public byte[]? Drawn { get; }

    /// <summary>One of the 10,000 test images.</summary>
    public static ImageChoice Test(int index) => new(index, null);

    /// <summary>A drawing of 28 rows of 28 grey values.</summary>
    public static ImageChoice Drawing(byte[] pixels) => new(null, pixels);
}
