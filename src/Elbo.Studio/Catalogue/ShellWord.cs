using System.Text;

namespace Elbo.Studio;

/// <summary>Quoting of command-line arguments for a POSIX shell.</summary>
internal static class ShellWord
{
    // Only the shells of Windows leave a backslash alone, and there it is in every path.
    private static readonly string Plain = "-_./:=,+@%" + (OperatingSystem.IsWindows() ? "\\" : "");

    /// <summary>
    /// Returns the word unchanged if a shell does not interpret it, otherwise in quotes. A word with control characters is written with the
    /// command <c>printf</c>, so that none of them is in the result.
    /// </summary>
    public static string Quote(string word)
    {
        if (word.Length > 0 && word.All(symbol => char.IsAsciiLetterOrDigit(symbol) || Plain.Contains(symbol)))
            return word;
        if (word.EnumerateRunes().All(PrintableText.IsPrintable))
            return $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";
        // A shell drops the line breaks at the end of what a command prints; not every shell knows the second form.
        return word.EndsWith('\n') ? $"$'{Escaped(word)}'" : $"\"$(printf '{Escaped(word)}')\"";
    }

    private static string Escaped(string word)
    {
        var escaped = new StringBuilder();
        foreach (var rune in word.EnumerateRunes())
        {
            if (PrintableText.IsPrintable(rune) && rune.Value is not ('\'' or '\\' or '%' or '"' or '$' or '`'))
            {
                escaped.Append(rune);
                continue;
            }

            var bytes = new byte[rune.Utf8SequenceLength];
            rune.EncodeToUtf8(bytes);
            foreach (var value in bytes)
                escaped.Append('\\').Append(Convert.ToString(value, 8).PadLeft(3, '0'));
        }

        return escaped.ToString();
    }
}
