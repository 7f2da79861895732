using System.Buffers.Binary;
using ScottPlot;
using SkiaSharp;

namespace Elbo.Tests;

public class EmbeddedFontTests
{
    [Fact]
    public void The_embedded_typeface_has_the_glyphs_of_the_formulas()
    {
        Assert.Equal("DejaVu Sans", EmbeddedFont.Typeface.FamilyName);
        Assert.True(EmbeddedFont.Typeface.ContainsGlyphs("az AZ 09 .,:;-+=()[]/% βμσεäéñ≥∞"));
    }

    [Fact]
    public void The_typeface_is_registered_under_a_unique_name_and_the_default_fonts_are_unchanged()
    {
        var before = (Fonts.Default, Fonts.Sans, Fonts.Serif, Fonts.Monospace);

        Assert.Same(EmbeddedFont.Typeface, Fonts.GetTypeface(PlotFont.Name, bold: false, italic: false));
        Assert.Same(EmbeddedFont.Typeface, Fonts.GetTypeface(PlotFont.Name, bold: true, italic: true));
        Assert.NotSame(EmbeddedFont.Typeface, Fonts.GetTypeface("a font that does not exist", bold: false, italic: false));
        Assert.Equal(before, (Fonts.Default, Fonts.Sans, Fonts.Serif, Fonts.Monospace));
    }

    [Fact]
    public void No_text_of_a_plot_depends_on_the_fonts_of_the_machine()
    {
        var curve = new CurveSeries("train", CurvePanel.Kl, [1, 2], [3, 4]);
        var empty = new CurveSeries("train", CurvePanel.NegativeElbo, [1], [double.NaN]);
        var data = new CurvePlotData([curve, empty])
        {
            Title = "a run",
            Markers = [new CurveMarker(1.5, "KL weight 1")],
        };
        var expected = CurvePlot.ToPng(data);
        var previous = Fonts.Default;
        Fonts.FontResolvers.Add(new BlankFont());
        try
        {
            // Text that falls back to the default font is invisible now.
            Fonts.Default = BlankFont.Name;
            Assert.Equal(expected, CurvePlot.ToPng(data));
        }
        finally
        {
            Fonts.Default = previous;
        }
    }

    /// <summary>Resolves its name to the embedded typeface with blank glyphs.</summary>
    private sealed class BlankFont : IFontResolver
    {
        public const string Name = "a font with blank glyphs";

        private readonly SKTypeface _typeface = Blank();

        public SKTypeface? CreateTypeface(string fontName, FontWeight weight, FontSlant slant, FontSpacing spacing) =>
            fontName == Name ? _typeface : null;

        public SKTypeface? CreateTypeface(string fontName, bool bold, bool italic) => fontName == Name ? _typeface : null;

        // A TrueType file begins with a directory: after 12 bytes, 16 for each table (name, checksum, offset, length). The outlines are in
        // "glyf", and an outline of zeros has no contour.
        private static SKTypeface Blank()
        {
            using var copy = new MemoryStream();
            typeof(ExampleValues).Assembly.GetManifestResourceStream("Elbo.Imaging.Fonts.DejaVuSans.ttf")!.CopyTo(copy);
            var font = copy.ToArray();
            var tables = BinaryPrimitives.ReadUInt16BigEndian(font.AsSpan(4));
            var entry = Enumerable.Range(0, tables).Select(i => 12 + 16 * i).Single(at => font.AsSpan(at, 4).SequenceEqual("glyf"u8));
            var offset = BinaryPrimitives.ReadInt32BigEndian(font.AsSpan(entry + 8));
            font.AsSpan(offset, BinaryPrimitives.ReadInt32BigEndian(font.AsSpan(entry + 12))).Clear();
            return SKTypeface.FromData(SKData.CreateCopy(font));
        }
    }
}
