using System.Globalization;
using System.Text;

namespace Elbo.Studio;

/// <summary>
/// Names and texts from files, as they may be shown: a file name or a record of a run from elsewhere can hold line breaks and sequences
/// that control a terminal.
/// </summary>
internal static class PrintableText
{
    private static readonly Rune Replacement = Rune.ReplacementChar;

    /// <summary>Returns the text on one line, with the replacement character in place of what a terminal or a browser would obey.</summary>
    public static string Of(string text)
    {
        if (text.EnumerateRunes().All(IsPrintable))
            return text;
        var printable = new StringBuilder(text.Length);
        // A line break as such is no attempt at anything: the next line follows after a space.
        foreach (var rune in text.ReplaceLineEndings(" ").EnumerateRunes())
            printable.Append(IsPrintable(rune) ? rune : Replacement);
        return printable.ToString();
    }

    /// <summary>Whether a character is only shown: no control character, separator of lines or change of the writing direction.</summary>
    public static bool IsPrintable(Rune rune) =>
        Rune.GetUnicodeCategory(rune)
            is not (UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator)
        && rune.Value is not (0x061c or 0x200e or 0x200f or (>= 0x202a and <= 0x202e) or (>= 0x2066 and <= 0x2069));
}
