using System.Globalization;

namespace Elbo;

/// <summary>Makes labels of texts: integers stay what they are, other texts get the numbers of their ordinal order.</summary>
internal static class TextLabels
{
    /// <summary>The names of the labels, in ordinal order; null if all texts are integers.</summary>
    /// <param name="texts">The text of each label, of all splits together.</param>
    public static IReadOnlyList<string>? NamesOf(IEnumerable<string> texts)
    {
        string[] names = [.. texts.Distinct().Order(StringComparer.Ordinal)];
        return names.All(name => int.TryParse(name, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _)) ? null : names;
    }

    /// <summary>The labels.</summary>
    /// <param name="texts">The text of each.</param>
    /// <param name="names">What <see cref="NamesOf"/> returned.</param>
    public static int[] ToLabels(IEnumerable<string> texts, IReadOnlyList<string>? names)
    {
        if (names is null)
            return [.. texts.Select(text => int.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture))];
        var numbers = names.Index().ToDictionary(pair => pair.Item, pair => pair.Index, StringComparer.Ordinal);
        return [.. texts.Select(text => numbers[text])];
    }
}
