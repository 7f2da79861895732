using ScottPlot;
using SkiaSharp;

namespace Elbo;

/// <summary>
/// Registers the embedded typeface with ScottPlot, whose list of typefaces is global to the process. It is registered under a unique name
/// and the default fonts are not changed, so programs that draw their own plots with ScottPlot are not affected.
/// </summary>
internal static class PlotFont
{
    private static readonly Lazy<string> LazyName = new(Register);

    /// <summary>The registered name of the typeface. The first read registers it with ScottPlot.</summary>
    public static string Name => LazyName.Value;

    private static string Register()
    {
        const string UniqueName = "Elbo embedded sans";
        Fonts.FontResolvers.Add(new Resolver(UniqueName));
        return UniqueName;
    }

    private sealed class Resolver(string name) : IFontResolver
    {
        public SKTypeface? CreateTypeface(string fontName, FontWeight weight, FontSlant slant, FontSpacing spacing) =>
            fontName == name ? EmbeddedFont.Typeface : null;

        public SKTypeface? CreateTypeface(string fontName, bool bold, bool italic) => fontName == name ? EmbeddedFont.Typeface : null;
    }
}
