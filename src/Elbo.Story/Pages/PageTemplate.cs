using System.Text.RegularExpressions;

namespace Elbo.Story;

/// <summary>The frame of the page, <c>web/page.html</c>, with places <c>{{name}}</c> for its parts.</summary>
internal static partial class PageTemplate
{
    /// <summary>Puts the parts in their places.</summary>
    /// <exception cref="InvalidOperationException">A place has no part, or a part no place.</exception>
    public static string Fill(string template, IReadOnlyDictionary<string, string> parts)
    {
        var used = new HashSet<string>(StringComparer.Ordinal);
        var filled = Place().Replace(template, match =>
        {
            var name = match.Groups["name"].Value;
            used.Add(name);
            return parts.TryGetValue(name, out var part)
                ? part
                : throw new InvalidOperationException($"The page has a place for '{name}', which nothing fills.");
        });
        return used.Count == parts.Count ? filled : throw new InvalidOperationException(
            $"The page has no place for '{parts.Keys.First(name => !used.Contains(name))}'.");
    }

    /// <summary>A script element that holds text for other scripts.</summary>
    /// <exception cref="InvalidOperationException">The text would end the element.</exception>
    public static string Data(string attribute, string name, string type, string text)
    {
        foreach (var end in (string[])["</script", "<!--"])
        {
            if (text.Contains(end, StringComparison.OrdinalIgnoreCase))
                throw new InvalidOperationException($"{name} contains '{end}', which would end it inside a page.");
        }

        return $"<script type=\"{type}\" data-{attribute}=\"{name}\">{text}</script>\n";
    }

    [GeneratedRegex(@"\{\{(?<name>[a-z]+)\}\}")]
    private static partial Regex Place();
}
