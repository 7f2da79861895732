namespace Elbo.Studio;

/// <summary>
/// A colour for each class of ten. Ten colours that all eyes tell apart there are not, so wherever they are used the class is written as
/// well; neighbours in hue differ in lightness.
/// </summary>
internal static class ClassPalette
{
    // The seven of Okabe and Ito without black (https://jfly.uni-koeln.de/color/), and three between them in lightness; middle greys and
    // strong colours only, so that they stand out from a white page and from a dark one.
    private static readonly string[] Colors =
        ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#b8860b", "#56b4e9", "#8c6bb1", "#7f7f7f", "#a6761d", "#e34a6f"];

    public static string ColorOf(int label) => Colors[(label % Colors.Length + Colors.Length) % Colors.Length];
}
