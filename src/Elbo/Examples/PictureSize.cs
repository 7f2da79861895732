using System.Globalization;

namespace Elbo;

/// <summary>The size of a picture in pixels.</summary>
/// <param name="Width">The number of columns.</param>
/// <param name="Height">The number of rows.</param>
public readonly record struct PictureSize(int Width, int Height)
{
    /// <summary>The largest side that a model's images can have.</summary>
    internal const int MaxSide = 4096;

    /// <summary>Reads <c>64</c>, which is square, or <c>64x48</c>, width by height.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The size.</returns>
    /// <exception cref="SettingsException">The text is neither, or a side is not between 1 and 4096.</exception>
    public static PictureSize Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var sides = text.Split('x');
        return sides.Length <= 2 && TryParse(sides[0], out var width) && TryParse(sides[^1], out var height)
            ? new PictureSize(width, height)
            : throw new SettingsException(
                $"'{text}' is not a size for Resize: give a side or WIDTHxHEIGHT in pixels, from 1 to {MaxSide}.");
    }

    /// <summary>The size as <see cref="Parse"/> reads it: <c>64x48</c>.</summary>
    public override string ToString() => $"{Width}x{Height}";

    private static bool TryParse(string text, out int side) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out side) && side is >= 1 and <= MaxSide;
}
