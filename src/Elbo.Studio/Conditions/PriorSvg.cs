using System.Globalization;
using System.Text;

namespace Elbo.Studio;

/// <summary>
/// Draws the priors of all labels in the latent plane as SVG content; that of the chosen label is filled, and its samples are drawn.
/// </summary>
internal static class PriorSvg
{
    /// <summary>The frame that contains every prior up to two sigma.</summary>
    public static PlaneFrame FrameOf(IReadOnlyList<PriorEllipse> priors) => new(Math.Max(
        3.2,
        1.05 * priors.Max(prior => Math.Max(Math.Abs(prior.X) + 2 * prior.DeviationX, Math.Abs(prior.Y) + 2 * prior.DeviationY))));

    public static string Draw(PlaneFrame frame, IReadOnlyList<PriorEllipse> priors, PriorSamples? samples = null)
    {
        var svg = new StringBuilder();
        Append(svg, $"<path class=\"axis\" d=\"M0 150H300M150 0V300\"/>");
        Append(svg, $"<circle class=\"unit\" cx=\"150\" cy=\"150\" r=\"{frame.Length(1):0.0}\"/>");
        foreach (var prior in priors)
        {
            var chosen = samples?.Prior.Label == prior.Label ? " chosen" : "";
            Append(svg, $"<ellipse class=\"prior{chosen}\" cx=\"{frame.Left(prior.X):0.0}\" cy=\"{frame.Top(prior.Y):0.0}\" ");
            Append(svg, $"rx=\"{frame.Length(prior.DeviationX):0.0}\" ry=\"{frame.Length(prior.DeviationY):0.0}\" ");
            Append(svg, $"stroke=\"{ClassPalette.ColorOf(prior.Label)}\" fill=\"{ClassPalette.ColorOf(prior.Label)}\"/>");
        }

        foreach (var code in samples?.Codes ?? [])
        {
            Append(svg, $"<circle class=\"draw\" cx=\"{frame.Left(code.X):0.0}\" cy=\"{frame.Top(code.Y):0.0}\" r=\"2\" ");
            Append(svg, $"fill=\"{ClassPalette.ColorOf(samples!.Prior.Label)}\"/>");
        }

        // One caption for a prior that all labels share.
        var first = priors[0];
        if (priors.All(prior => prior with { Label = first.Label } == first))
        {
            Append(svg, $"<text class=\"code large\" x=\"{frame.Left(first.X):0.0}\" y=\"{frame.Top(first.Y):0.0}\" ");
            Append(svg, $"fill=\"currentColor\">{Caption(first.Label, priors[^1].Label)}</text>");
            return svg.ToString();
        }

        foreach (var prior in priors)
        {
            Append(svg, $"<text class=\"code large\" x=\"{frame.Left(prior.X):0.0}\" y=\"{frame.Top(prior.Y):0.0}\" ");
            Append(svg, $"fill=\"{ClassPalette.ColorOf(prior.Label)}\">{prior.Label}</text>");
        }

        return svg.ToString();
    }

    // A condition that is no label has no number.
    private static string Caption(int first, int last) =>
        first < 0 ? "p(z|c)" : first == last ? $"{first}" : $"{first}–{last}";

    private static void Append(StringBuilder svg, FormattableString part) => svg.Append(part.ToString(CultureInfo.InvariantCulture));
}
