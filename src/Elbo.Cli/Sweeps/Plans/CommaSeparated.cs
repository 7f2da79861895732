namespace Elbo.Cli;

/// <summary>Texts between commas, except those within brackets, braces or quotation marks.</summary>
internal static class CommaSeparated
{
    public static IReadOnlyList<string> Split(string text)
    {
        var (parts, start, depth, isQuoted) = (new List<string>(), 0, 0, false);
        for (var i = 0; i < text.Length; i++)
        {
            switch (text[i])
            {
                case '"':
                    isQuoted = !isQuoted;
                    break;
                case '[' or '{' when !isQuoted:
                    depth++;
                    break;
                case ']' or '}' when !isQuoted:
                    depth--;
                    break;
                case ',' when !isQuoted && depth == 0:
                    parts.Add(text[start..i].Trim());
                    start = i + 1;
                    break;
            }
        }

        parts.Add(text[start..].Trim());
        return parts;
    }
}
