namespace Elbo;

/// <summary>The conditions that the command line can name: <c>label</c>, <c>region:top</c>, <c>label+attributes</c>.</summary>
internal static class Conditions
{
    private const string NoCondition = "none";

    private static readonly Registry<Func<string, Condition>> Registry = new("condition")
    {
        ["label"] = rest => new LabelCondition(Count("label", rest)),
        ["attributes"] = rest => new AttributesCondition(Count("attributes", rest)),
        ["region"] = RegionCondition.Parse,
    };

    public static IReadOnlyCollection<string> Names => Registry.Names;

    /// <summary>Reads a condition; null for none.</summary>
    /// <exception cref="ConfigurationException">There is no such condition.</exception>
    public static Condition? Parse(string text)
    {
        if (text == NoCondition)
            return null;
        Condition[] parts = [.. text.Split('+').Select(ParseOne)];
        return parts.Length == 1 ? parts[0] : new JoinedCondition(parts);
    }

    private static Condition ParseOne(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? Registry.Find(text)("") : Registry.Find(text[..colon])(text[(colon + 1)..]);
    }

    private static int Count(string name, string rest) => rest.Length == 0
        ? 0
        : int.TryParse(rest, out var count) && count > 0
            ? count
            : throw new ConfigurationException($"'{name}:{rest}' is no condition: write {name}, or {name}:COUNT.");
}
