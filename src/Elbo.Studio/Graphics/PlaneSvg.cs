using System.Globalization;
using System.Text;

namespace Elbo.Studio;

/// <summary>
/// Draws a latent plane as SVG content: the unit Gaussian as circles at one, two and three sigma, and each code as its label in the class
/// colour within its one-sigma ellipse. The result is one string instead of a tree of components, so that a slider can replace hundreds of
/// codes at once.
/// </summary>
internal static class PlaneSvg
{
    private const double MaxCoverage = 12;

    /// <summary>Draws the plane.</summary>
    /// <param name="frame">The visible part of the plane.</param>
    /// <param name="codes">The codes.</param>
    /// <param name="before">The codes before a training step, which lines connect with the codes; null if there was no step.</param>
    public static string Draw(PlaneFrame frame, IReadOnlyList<PlaneCode> codes, IReadOnlyList<PlaneCode>? before = null)
    {
        var svg = new StringBuilder();
        for (var sigma = 3; sigma >= 1; sigma--)
            Append(svg, $"<circle class=\"ring\" cx=\"150\" cy=\"150\" r=\"{frame.Length(sigma):0.0}\"/>");
        // Hundreds of wide overlapping ellipses would hide each other, so only their outlines are drawn then.
        var kind = Coverage(codes) > MaxCoverage ? "sigma outline" : "sigma";
        foreach (var code in codes.Where(code => code is { DeviationX: > 0, DeviationY: > 0 }))
        {
            Append(svg, $"<ellipse class=\"{kind}\" cx=\"{frame.Left(code.X):0.0}\" cy=\"{frame.Top(code.Y):0.0}\" ");
            Append(svg, $"rx=\"{frame.Length(code.DeviationX):0.0}\" ry=\"{frame.Length(code.DeviationY):0.0}\" ");
            Append(svg, $"color=\"{ClassPalette.ColorOf(code.Label)}\"/>");
        }

        foreach (var (index, from) in (before ?? []).Index())
        {
            Append(svg, $"<path class=\"moved\" d=\"M{frame.Left(from.X):0.0} {frame.Top(from.Y):0.0}L{frame.Left(codes[index].X):0.0} ");
            Append(svg, $"{frame.Top(codes[index].Y):0.0}\" stroke=\"{ClassPalette.ColorOf(from.Label)}\"/>");
        }

        foreach (var code in codes)
        {
            Append(svg, $"<text class=\"code\" x=\"{frame.Left(code.X):0.0}\" y=\"{frame.Top(code.Y):0.0}\" ");
            Append(svg, $"fill=\"{ClassPalette.ColorOf(code.Label)}\">{TextOf(code.Label)}</text>");
        }

        return svg.ToString();
    }

    /// <summary>Draws crosses at sampled codes, above the other content.</summary>
    public static string Crosses(PlaneFrame frame, IEnumerable<(double X, double Y)> points)
    {
        var path = new StringBuilder();
        foreach (var (x, y) in points)
            Append(path, $"M{frame.Left(x) - 2:0.0} {frame.Top(y):0.0}h4m-2 -2v4");
        return $"<path class=\"drawn\" d=\"{path}\"/>";
    }

    private static string TextOf(int label) => label < 0 ? "•" : label.ToString(CultureInfo.InvariantCulture);

    /// <summary>The total area of the ellipses relative to the two-sigma disc of the unit Gaussian.</summary>
    private static double Coverage(IReadOnlyList<PlaneCode> codes) =>
        codes.Sum(code => code.DeviationX * code.DeviationY) / 4;

    private static void Append(StringBuilder svg, FormattableString part) => svg.Append(part.ToString(CultureInfo.InvariantCulture));
}
