namespace Elbo;

/// <summary>
/// Conditions as one word on the command line: a kind (<c>label</c>), a region's name (<c>quadrants-1</c>), <c>mask:FILE.png</c>, or
/// several of these with a plus between them.
/// </summary>
public static class ConditionText
{
    private const string MaskPrefix = Regions.Mask + ":";
    private const char Plus = '+';

    /// <summary>All forms of a condition.</summary>
    public static IEnumerable<string> Forms => [.. Kinds, .. Regions.Names, .. Regions.Forms, MaskPrefix + "FILE.png"];

    // Regions and joined conditions have forms of their own.
    private static IEnumerable<string> Kinds => Conditions.Kinds.Values.Where(kind => kind.Create is not null).Select(kind => kind.Name);

    /// <summary>Parses a condition; what the text leaves open is taken from the data later.</summary>
    /// <param name="text">The text, such as <c>label+top-half</c>.</param>
    /// <returns>The condition.</returns>
    /// <exception cref="SettingsException">The condition does not exist.</exception>
    /// <exception cref="InputException">The file of a mask cannot be used.</exception>
    public static Condition Parse(string text)
    {
        Condition[] parts = [.. Split(text).Select(ParseOne)];
        return parts.Length == 1 ? parts[0] : new JoinedCondition(parts);
    }

    // A file's name may hold a plus: only the others are split.
    private static string[] Split(string text)
    {
        var mask = text.IndexOf(MaskPrefix, StringComparison.Ordinal);
        if (mask < 0)
            return text.Split(Plus);
        return [.. text[..mask].Split(Plus, StringSplitOptions.RemoveEmptyEntries), text[mask..]];
    }

    private static Condition ParseOne(string text)
    {
        if (text.StartsWith(MaskPrefix, StringComparison.Ordinal))
            return MaskFile.Read(text[MaskPrefix.Length..]);
        if (Conditions.Kinds.TryGetValue(text, out var kind) && kind.Create is { } create)
            return create();
        var isForm = Regions.Forms.Any(form => text.StartsWith(form[..(form.IndexOf(':') + 1)], StringComparison.OrdinalIgnoreCase));
        if (isForm || Regions.Names.Contains(text, StringComparer.OrdinalIgnoreCase))
            return new RegionCondition(text);
        throw new SettingsException(
            $"Unknown condition '{text}': choose one of {string.Join(", ", Forms)}, or several with + between them.");
    }
}
