using System.Text.Json.Nodes;

namespace Elbo;

/// <summary>A setting in which two configurations differ.</summary>
/// <param name="Name">Its path, as in config.json.</param>
/// <param name="Left">The value in the first, as JSON.</param>
/// <param name="Right">The value in the second, as JSON.</param>
public sealed record SettingDifference(string Name, string Left, string Right)
{
    private const int MaxLength = 400;

    /// <summary>The first of the named settings that differs, or null. A group of settings is named by its own path.</summary>
    internal static SettingDifference? Find<T>(T left, T right, params IEnumerable<string> names)
    {
        var (first, second) = (Json.ToNode(left), Json.ToNode(right));
        return names.Select(name => Find(name, Follow(first, name), Follow(second, name))).FirstOrDefault(found => found is not null);
    }

    private static SettingDifference? Find(string name, JsonNode? left, JsonNode? right)
    {
        if (JsonNode.DeepEquals(left, right))
            return null;
        if (left is JsonObject group && right is JsonObject other)
        {
            return group
                .Select(inner => Find($"{name}.{inner.Key}", inner.Value, other[inner.Key]))
                .FirstOrDefault(found => found is not null);
        }

        return new SettingDifference(name, Text(left), Text(right));
    }

    private static JsonNode? Follow(JsonNode? settings, string name) =>
        name.Split('.').Aggregate(settings, (node, part) => node?[part]);

    private static string Text(JsonNode? value) =>
        value is null ? "null" : Json.OneLine(value) is { Length: > MaxLength } text ? text[..MaxLength] + "..." : Json.OneLine(value);
}
