namespace Elbo;

/// <summary>One word of a command line as a shell takes it.</summary>
internal static class ShellWord
{
    /// <summary>The word itself where a shell reads it as it is, else the word between quotes.</summary>
    public static string Quote(string word) =>
        word.Length > 0 && word.All(symbol => char.IsAsciiLetterOrDigit(symbol) || "-_./:=,+@%\\".Contains(symbol))
            ? word
            : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
