using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Elbo;

/// <summary>Serialization of configurations and run records: camel case, indented, unknown members rejected.</summary>
internal static class Json
{
    // Options cannot change once they have been used: another kind of condition has others made.
    private static volatile Tuple<IReadOnlyDictionary<string, ConditionKind>, JsonSerializerOptions>? _latest;

    /// <summary>The options for the kinds of conditions that are registered now.</summary>
    public static JsonSerializerOptions Options
    {
        get
        {
            var (kinds, latest) = (Conditions.Kinds, _latest);
            if (latest is null || latest.Item1 != kinds)
                _latest = latest = Tuple.Create(kinds, CreateOptions(kinds.Values));
            return latest.Item2;
        }
    }

    public static string Write<T>(T value) => JsonSerializer.Serialize(value, TypeOf<T>()) + "\n";

    public static JsonNode? ToNode<T>(T value) => JsonSerializer.SerializeToNode(value, TypeOf<T>());

    /// <summary>JSON on one line.</summary>
    public static string OneLine(JsonNode node) => node.ToJsonString(new(Options) { WriteIndented = false });

    /// <summary>Deserializes a value; errors become a <see cref="SettingsException"/> that names the source.</summary>
    public static T Read<T>(string text, string source)
    {
        try
        {
            var settings = Parse<T>(text);
            EnsureFinite(settings, source);
            return Deserialize<T>(settings) ?? throw new SettingsException($"{source} holds null where settings are expected.");
        }
        catch (JsonException exception)
        {
            throw JsonErrors.Explain(exception, source, TypeOf<T>());
        }
    }

    /// <summary>Deserializes a value.</summary>
    /// <exception cref="JsonException">The settings do not exist, or have other types, or a condition lacks its kind.</exception>
    /// <exception cref="SettingsException">A kind does not exist, or a setting has a value that is not possible.</exception>
    public static T? Deserialize<T>(JsonNode? node)
    {
        var type = TypeOf<T>();
        var settings = node?.DeepClone();
        SettingsCompletion.Complete(settings, type);
        return settings.Deserialize(type);
    }

    private static JsonNode? Parse<T>(string text)
    {
        try
        {
            return JsonNode.Parse(text, documentOptions: new()
            {
                AllowDuplicateProperties = Options.AllowDuplicateProperties,
                AllowTrailingCommas = Options.AllowTrailingCommas,
                CommentHandling = Options.ReadCommentHandling,
            });
        }
        catch (JsonException)
        {
            // The same error, with the path of the setting where it is.
            FindPath(text, TypeOf<T>());
            throw;
        }
    }

    private static void FindPath<T>(string text, JsonTypeInfo<T> type)
    {
        try
        {
            JsonSerializer.Deserialize(text, type);
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException or ElboException)
        {
            // What comes before the error lacks settings, which are not completed here.
        }
    }

    // The parser makes infinity of 1e999.
    private static void EnsureFinite(JsonNode? node, string source)
    {
        switch (node)
        {
            case JsonObject group:
                foreach (var (_, value) in group)
                    EnsureFinite(value, source);
                break;
            case JsonArray list:
                foreach (var item in list)
                    EnsureFinite(item, source);
                break;
            case JsonValue value when value.GetValueKind() == JsonValueKind.Number && !double.IsFinite(value.GetValue<double>()):
                throw new SettingsException($"{source} cannot be read at {value.GetPath()[2..]}: the number is too large.");
        }
    }

    private static JsonTypeInfo<T> TypeOf<T>() => (JsonTypeInfo<T>)Options.GetTypeInfo(typeof(T));

    private static JsonSerializerOptions CreateOptions(IEnumerable<ConditionKind> kinds)
    {
        // Reflection finds every type, and so comes after all that was generated.
        var (reflecting, generated) = (
            kinds.Select(kind => kind.Settings).Where(settings => settings is DefaultJsonTypeInfoResolver),
            kinds.Select(kind => kind.Settings).Where(settings => settings is not DefaultJsonTypeInfoResolver));
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            TypeInfoResolver = JsonTypeInfoResolver.Combine([SettingsJsonContext.Default, .. generated, .. reflecting])
                .WithAddedModifier(type => ConditionJson.AddKinds(type, kinds)),
            WriteIndented = true,
            NewLine = "\n",
            UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
            NumberHandling = JsonNumberHandling.Strict,
            PropertyNameCaseInsensitive = false,
            AllowDuplicateProperties = false,
            AllowOutOfOrderMetadataProperties = true,
            ReadCommentHandling = JsonCommentHandling.Skip,
            AllowTrailingCommas = true,
            RespectNullableAnnotations = true,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        };
        options.MakeReadOnly();
        return options;
    }
}
