using SkiaSharp;

namespace Elbo;

/// <summary>
/// The one typeface of every picture. It is carried inside the library, because a bare server has no fonts at all, and because text drawn
/// with whatever a machine happens to have would make the same run give different files.
/// </summary>
internal static class EmbeddedFont
{
    private const string Resource = "Elbo.Imaging.Fonts.DejaVuSans.ttf";

    private static readonly Lazy<SKTypeface> LazyTypeface = new(Load);

    /// <summary>Shared by all, safe between threads, and never disposed.</summary>
    public static SKTypeface Typeface => LazyTypeface.Value;

    /// <summary>The typeface at a size in pixels. Hinting is off, so that glyphs do not depend on the platform's rasteriser.</summary>
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
