using System.Globalization;
using System.Text;

namespace Elbo.Studio;

/// <summary>
/// A latent plane as the inside of an SVG: the unit Gaussian as rings at one, two and three sigma, and the codes, each as its label in its
/// colour within the ellipse of one sigma. One string and not a tree of components, so that a slider can replace hundreds of codes at once.
/// </summary>
internal static class PlanePicture
{
    private const double MaxCoverage = 12;

    /// <summary>Draws the plane.</summary>
    /// <param name="frame">What of it is shown.</param>
    /// <param name="codes">The codes.</param>
    /// <param name="before">The same codes as they were before a step, from where a line leads to each; null where nothing moved.</param>
    public static string Draw(PlaneFrame frame, IReadOnlyList<PlaneCode> codes, IReadOnlyList<PlaneCode>? before = null)
    {
        var svg = new StringBuilder();
        for (var sigma = 3; sigma >= 1; sigma--)
            Append(svg, $"<circle class=\"ring\" cx=\"150\" cy=\"150\" r=\"{frame.Length(sigma):0.0}\"/>");
        // Hundreds of wide ellipses on top of each other would be a blot: then their outlines tell more.
        var kind = Coverage(codes) > MaxCoverage ? "sigma outline" : "sigma";
        foreach (var code in codes.Where(code => code is { DeviationX: > 0, DeviationY: > 0 }))
        {
            Append(svg, $"<ellipse class=\"{kind}\" cx=\"{frame.Left(code.X):0.0}\" cy=\"{frame.Top(code.Y):0.0}\" rx=\"{frame.Length(code.DeviationX):0.00}\" ");
            Append(svg, $"ry=\"{frame.Length(code.DeviationY):0.00}\" color=\"{ClassPalette.ColorOf(code.Label)}\"/>");
        }

        foreach (var (index, from) in (before ?? []).Index())
        {
            Append(svg, $"<path class=\"moved\" d=\"M{frame.Left(from.X):0.0} {frame.Top(from.Y):0.0}L{frame.Left(codes[index].X):0.0} ");
            Append(svg, $"{frame.Top(codes[index].Y):0.0}\" stroke=\"{ClassPalette.ColorOf(from.Label)}\"/>");
        }

        foreach (var code in codes)
        {
            Append(svg, $"<text class=\"code\" x=\"{frame.Left(code.X):0.0}\" y=\"{frame.Top(code.Y):0.0}\" ");
            Append(svg, $"fill=\"{ClassPalette.ColorOf(code.Label)}\">{code.Label}</text>");
        }

        return svg.ToString();
    }

    /// <summary>Crosses where codes were drawn, to lie on top.</summary>
    public static string Crosses(PlaneFrame frame, IEnumerable<(double X, double Y)> places)
    {
        var path = new StringBuilder();
        foreach (var (x, y) in places)
            Append(path, $"M{frame.Left(x) - 2:0.0} {frame.Top(y):0.0}h4m-2 -2v4");
        return $"<path class=\"drawn\" d=\"{path}\"/>";
    }

    /// <summary>How often the ellipses would cover the unit Gaussian's disc of two sigma, could they be spread over it.</summary>
    private static double Coverage(IReadOnlyList<PlaneCode> codes) =>
        codes.Sum(code => code.DeviationX * code.DeviationY) / 4;

    private static void Append(StringBuilder svg, FormattableString part) => svg.Append(part.ToString(CultureInfo.InvariantCulture));
}
