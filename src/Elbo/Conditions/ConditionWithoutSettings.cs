using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Elbo;

/// <summary>The JSON of a kind of condition without settings: its kind, and nothing else.</summary>
/// <param name="create">Makes the condition.</param>
internal sealed class ConditionWithoutSettings<T>(Func<T> create) : IJsonTypeInfoResolver
    where T : Condition
{
    public JsonTypeInfo? GetTypeInfo(Type type, JsonSerializerOptions options)
    {
        if (type != typeof(T))
            return null;
        var json = JsonMetadataServices.CreateObjectInfo(
            options, new JsonObjectInfoValues<T> { ObjectCreator = create, PropertyMetadataInitializer = static _ => [] });
        json.OnSerializing = EnsureNothingIsLost;
        return json;
    }

    private void EnsureNothingIsLost(object condition)
    {
        if (!condition.Equals(create()))
            throw new InvalidOperationException(
                $"{condition} has settings that a configuration would not hold, because {typeof(T).Name} was registered as a condition "
                + "without settings: call Conditions.Register with a JsonTypeInfo.");
    }
}
