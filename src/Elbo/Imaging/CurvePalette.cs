using SkiaSharp;

namespace Elbo;

/// <summary>
/// The colour-blind safe palette of Okabe and Ito, without yellow, which has too little contrast on white, and ordered so that the first
/// entries differ the most. See https://jfly.uni-koeln.de/color/.
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

    /// <summary>Returns the colour of the curve with a zero-based number. The colours repeat cyclically.</summary>
    public static SKColor ColorOf(int number) => Colors[number % Colors.Length];

    /// <summary>Whether the colour of this number is a repetition, so that the curve is drawn dashed.</summary>
    public static bool IsRepeated(int number) => number / Colors.Length % 2 == 1;
}
