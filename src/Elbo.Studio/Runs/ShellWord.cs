namespace Elbo.Studio;

/// <summary>Quoting of command-line arguments for a POSIX shell.</summary>
internal static class ShellWord
{
    /// <summary>Returns the word unchanged if a shell does not interpret it, otherwise in quotes.</summary>
    public static string Quote(string word) =>
        word.Length > 0 && word.All(symbol => char.IsAsciiLetterOrDigit(symbol) || "-_./:=,+@%\\".Contains(symbol))
            ? word
            : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
