using SkiaSharp;

namespace Elbo;

/// <summary>
/// The typeface of all images. It is embedded in the library, because a minimal server has no fonts, and because text in the fonts of the
/// machine would make the files of the same run differ between machines.
/// </summary>
internal static class EmbeddedFont
{
    private const string Resource = "Elbo.Imaging.Fonts.DejaVuSans.ttf";

    private static readonly Lazy<SKTypeface> LazyTypeface = new(Load);

    /// <summary>Shared, thread-safe and never disposed.</summary>
    public static SKTypeface Typeface => LazyTypeface.Value;

    /// <summary>
    /// Returns the typeface at a size in pixels. Hinting is disabled, so that glyphs do not depend on the platform's rasteriser.
    /// </summary>
    public static SKFont OfSize(float size) => new(Typeface, size)
    {
        Edging = SKFontEdging.Antialias,
        Hinting = SKFontHinting.None,
        Subpixel = false,
    };

    private static SKTypeface Load()
    {
        var assembly = typeof(EmbeddedFont).Assembly;
        using var stream = assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"The resource '{Resource}' is missing from {assembly.GetName().Name}.");
        using var data = SKData.Create(stream);
        return SKTypeface.FromData(data) ?? throw new InvalidOperationException($"The resource '{Resource}' is not a font.");
    }
}
