using System.Globalization;

namespace Elbo.Studio;

/// <summary>
/// How the runs of a chart differ: six colours, then the same with markers, then with dashes, which makes as many as can be compared.
/// </summary>
internal static class RunStyle
{
    // Distinguishable with colour blindness (the first four: Okabe and Ito 2008), and to be seen in the light and the dark theme.
    private static readonly string[] Colors = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#a67c00", "#808080"];

    private static readonly string[] Markers =
    [
        "", "M-3 -3H3V3H-3Z", "M0 -4L4 3H-4Z", "M-4 0L0 -4L4 0L0 4Z", "M-3 -3L3 3M-3 3L3 -3", "M0 -4V4M-4 0H4",
    ];

    private static readonly string[] Dashes = ["", "9 3", "9 3 2 3"];

    /// <summary>The colour of the run with an index among the compared runs.</summary>
    public static string Color(int run) => Colors[run % Colors.Length];

    /// <summary>Its marker as SVG path data around the origin; empty for the first six.</summary>
    public static string Marker(int run) => Markers[run / Colors.Length % Markers.Length];

    /// <summary>The dashes of its lines; empty for the first 36.</summary>
    public static string Dash(int run) => Dashes[Math.Min(run / (Colors.Length * Markers.Length), Dashes.Length - 1)];

    /// <summary>A piece of its line with its marker, as it stands in the list, the legend and the captions.</summary>
    public static string Swatch(int run) =>
        $"<svg class=\"swatch\" viewBox=\"0 0 24 12\" aria-hidden=\"true\"><path d=\"M0 6H24\" stroke=\"{Color(run)}\" stroke-width=\"5\" "
        + $"stroke-dasharray=\"{Dash(run)}\"/>{Mark(run, 12, 6)}</svg>";

    /// <summary>Its marker at a place; nothing for the first six.</summary>
    public static string Mark(int run, double x, double y) => Marker(run).Length == 0 ? "" : string.Create(
        CultureInfo.InvariantCulture,
        $"<path class=\"marker\" stroke=\"{Color(run)}\" d=\"{Marker(run)}\" transform=\"translate({x:0.0} {y:0.0})\"/>");
}
