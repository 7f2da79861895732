using SkiaSharp;

namespace Elbo;

/// <summary>
/// The colours of Okabe and Ito, which people with any common colour blindness tell apart, without the yellow that fades on white and in an
/// order whose first entries differ most. See https://jfly.uni-koeln.de/color/.
/// </summary>
internal static class CurvePalette
{
    private static readonly SKColor[] Colors =
    [
        new(0x00, 0x72, 0xB2), // blue
        new(0xD5, 0x5E, 0x00), // vermillion
        new(0x00, 0x9E, 0x73), // bluish green
        new(0xCC, 0x79, 0xA7), // reddish purple
        new(0xE6, 0x9F, 0x00), // orange
        new(0x56, 0xB4, 0xE9), // sky blue
        new(0x00, 0x00, 0x00), // black
    ];

    /// <summary>The colour of the curves with the given number, counted from 0. After the last colour it begins again.</summary>
    public static SKColor ColorOf(int number) => Colors[number % Colors.Length];

    /// <summary>Whether the colours have begun again, so that a curve has to differ by its line.</summary>
    public static bool IsRepeated(int number) => number / Colors.Length % 2 == 1;
}
