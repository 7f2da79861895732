namespace Elbo.Studio;

/// <summary>A picture that a person chose: one of the test images, or one drawn by hand.</summary>
internal sealed record PictureChoice
{
    private PictureChoice(int? index, byte[]? drawn) => (Index, Drawn) = (index, drawn);

    /// <summary>The index of a test image, from 0; null for a drawing.</summary>
    public int? Index { get; }

    /// <summary>28 rows of 28 grey values, from 0 (dark, the ground) to 255 (bright, the pen); null for a test image.</summary>
    public byte[]? Drawn { get; }

    /// <summary>One of the 10,000 test images.</summary>
    public static PictureChoice Test(int index) => new(index, null);

    /// <summary>A drawing of 28 rows of 28 grey values.</summary>
    public static PictureChoice Drawing(byte[] pixels) => new(null, pixels);
}
