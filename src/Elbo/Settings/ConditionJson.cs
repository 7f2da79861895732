using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace Elbo;

/// <summary>The kinds of conditions in JSON: a condition is written with its kind first, and read as the type of its kind.</summary>
internal static class ConditionJson
{
    private const string Kind = "kind";

    /// <summary>Tells the serializer the kinds.</summary>
    public static void AddKinds(JsonTypeInfo type, IEnumerable<ConditionKind> kinds)
    {
        if (type.Type != typeof(Condition))
            return;
        type.PolymorphismOptions = new JsonPolymorphismOptions { TypeDiscriminatorPropertyName = Kind };
        foreach (var kind in kinds)
            type.PolymorphismOptions.DerivedTypes.Add(new JsonDerivedType(kind.Type, kind.Name));
    }

    /// <summary>
    /// The kind of a condition, whose name is put into the case in which it was registered; null where it is no text, which the serializer
    /// refuses.
    /// </summary>
    /// <exception cref="JsonException">There is no kind.</exception>
    /// <exception cref="SettingsException">The kind does not exist.</exception>
    public static ConditionKind? Resolve(JsonObject condition)
    {
        if (!condition.ContainsKey(Kind))
            throw new JsonException($"it lacks its \"{Kind}\".", condition.GetPath(), lineNumber: null, bytePositionInLine: null);
        if (condition[Kind] is not JsonValue value || !value.TryGetValue(out string? name))
            return null;
        var kind = Conditions.Find(name);
        condition[Kind] = kind.Name;
        return kind;
    }
}
