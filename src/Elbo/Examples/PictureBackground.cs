using System.Globalization;

namespace Elbo;

/// <summary>The colour behind transparent pixels, as 16-bit samples.</summary>
internal readonly record struct PictureBackground(ushort Red, ushort Green, ushort Blue)
{
    // 0xff is 0xffff.
    private const int Repeat = 0x101;

    /// <exception cref="SettingsException">The text is no colour.</exception>
    public static PictureBackground Parse(string text)
    {
        var digits = text.ToLowerInvariant() switch
        {
            "white" => "ffffff",
            "black" => "000000",
            ['#', .. { Length: 6 } rest] => rest,
            _ => "",
        };
        return int.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var color)
            ? new(Wide(color >> 16), Wide(color >> 8), Wide(color))
            : throw new SettingsException($"'{text}' is not a colour for Background: give white, black or #rrggbb.");

        static ushort Wide(int color) => (ushort)((color & 0xff) * Repeat);
    }
}
