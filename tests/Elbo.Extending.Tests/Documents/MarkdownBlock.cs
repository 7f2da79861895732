using System.Text.RegularExpressions;

namespace Extending;

/// <summary>A block of code in a Markdown document.</summary>
/// <param name="Language">What the fence says; null for an indented block, empty for a fence that says nothing.</param>
/// <param name="Code">The lines, without the indentation that they share.</param>
internal sealed partial record MarkdownBlock(string? Language, string Code)
{
    /// <summary>Whether a fence says that it is C#.</summary>
    public bool IsMarkedAsCSharp => Language is "csharp" or "cs" or "c#";

    /// <summary>
    /// Whether the code is C# or reads like it where nothing is said: a line that ends a statement, a lambda, or the call of a method of a
    /// type.
    /// </summary>
    public bool IsCSharp => IsMarkedAsCSharp || (string.IsNullOrEmpty(Language) && CSharp().IsMatch(Code));

    /// <summary>The blocks of a document, in their order: those in fences, and those indented by four spaces after an empty line.</summary>
    public static IReadOnlyList<MarkdownBlock> Of(string document)
    {
        var blocks = new List<MarkdownBlock>();
        var lines = document.ReplaceLineEndings("\n").Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            if (Fence().Match(lines[i]) is { Success: true } fence)
            {
                var end = Array.FindIndex(lines, i + 1, line => line.Trim() == fence.Groups["marks"].Value);
                end = end < 0 ? lines.Length : end;
                blocks.Add(new(fence.Groups["language"].Value.ToLowerInvariant(), WithoutIndentation(lines[(i + 1)..end])));
                i = end;
            }
            else if (IsIndented(lines[i]) && (i == 0 || string.IsNullOrWhiteSpace(lines[i - 1])))
            {
                var end = i;
                while (end < lines.Length && (IsIndented(lines[end]) || string.IsNullOrWhiteSpace(lines[end])))
                    end++;
                blocks.Add(new(null, WithoutIndentation(lines[i..end])));
                i = end - 1;
            }
        }

        return blocks;
    }

    /// <summary>The lines without the indentation of the first, without empty lines around them and spaces at their ends.</summary>
    public static string WithoutIndentation(IReadOnlyList<string> lines)
    {
        var first = lines.FirstOrDefault(line => !string.IsNullOrWhiteSpace(line)) ?? "";
        var indentation = first[..^first.TrimStart().Length];
        return string.Join('\n', lines.Select(line =>
            (line.StartsWith(indentation, StringComparison.Ordinal) ? line[indentation.Length..] : line).TrimEnd())).Trim('\n');
    }

    private static bool IsIndented(string line) => line.StartsWith("    ", StringComparison.Ordinal) && !string.IsNullOrWhiteSpace(line);

    [GeneratedRegex(@"^\s*(?<marks>`{3,}|~{3,})\s*(?<language>[^`\s]*)[^`]*$")]
    private static partial Regex Fence();

    [GeneratedRegex(@";[ ]*(//.*)?$|\w\)? => |\b[A-Z]\w*(<\w+>)?\.[A-Z]\w*(<\w+>)?\(", RegexOptions.Multiline)]
    private static partial Regex CSharp();
}
