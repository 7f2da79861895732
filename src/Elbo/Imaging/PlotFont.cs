using ScottPlot;
using SkiaSharp;

namespace Elbo;

/// <summary>
/// Makes ScottPlot find the embedded typeface. ScottPlot looks typefaces up by name in one list for the whole process, so this cannot be
/// done for our plots alone. What is added answers to a name of our own and to no other, and the default fonts stay as they are: a program
/// that draws its own plots with ScottPlot sees no difference.
/// </summary>
internal static class PlotFont
{
    private static readonly Lazy<string> LazyName = new(Register);

    /// <summary>The name under which plots ask for the typeface. Reading it makes sure that ScottPlot knows it.</summary>
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
