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

    private static readonly DefaultJsonTypeInfoResolver Reflection = new();

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

    public static string Write<T>(T value) => JsonSerializer.Serialize(value, Options) + "\n";

    public static JsonNode? ToNode<T>(T value) => JsonSerializer.SerializeToNode(value, Options);

    /// <summary>JSON on one line.</summary>
    public static string OneLine(JsonNode node) => node.ToJsonString(new(Options) { WriteIndented = false });

    /// <summary>Deserializes a value; errors become a <see cref="SettingsException"/> that names the source.</summary>
    public static T Read<T>(string text, string source)
    {
        try
        {
            return Deserialize<T>(Parse<T>(text)) ?? throw new SettingsException($"{source} holds null where settings are expected.");
        }
        catch (JsonException exception)
        {
            var place = exception.Path is { Length: > 1 } path ? $" at {path[2..]}" : "";
            throw new SettingsException($"{source} cannot be read{place}: {FirstSentence(exception.Message)}", exception);
        }
        catch (NotSupportedException exception)
        {
            // Thrown for a polymorphic value without its "kind".
            throw new SettingsException($"{source} cannot be read{PlaceIn(exception.Message)}: it lacks its \"kind\".", exception);
        }
    }

    /// <summary>Deserializes a value.</summary>
    /// <exception cref="JsonException">The settings do not exist, or have other types.</exception>
    /// <exception cref="NotSupportedException">A condition lacks its kind.</exception>
    /// <exception cref="SettingsException">A setting has a value that is not possible.</exception>
    public static T? Deserialize<T>(JsonNode? node)
    {
        var type = Options.GetTypeInfo(typeof(T));
        var settings = node?.DeepClone();
        SettingsCompletion.Complete(settings, type);
        return settings.Deserialize((JsonTypeInfo<T>)type);
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
            JsonSerializer.Deserialize<T>(text, Options);
            throw;
        }
    }

    // The exception states the path only in its message: "... Path: $.model.condition | LineNumber: ...".
    private static string PlaceIn(string message)
    {
        const string mark = " Path: $.";
        var start = message.IndexOf(mark, StringComparison.Ordinal);
        return start < 0 ? "" : $" at {message[(start + mark.Length)..].Split(' ')[0]}";
    }

    private static string FirstSentence(string message)
    {
        var end = message.IndexOf(" Path: ", StringComparison.Ordinal);
        return end < 0 ? message : message[..end];
    }

    private static JsonSerializerOptions CreateOptions(IEnumerable<ConditionKind> kinds)
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            // Reflection, which finds every type, comes after what was generated.
            TypeInfoResolver = JsonTypeInfoResolver.Combine(
                [.. kinds.Select(kind => kind.Settings).Where(settings => settings is not DefaultJsonTypeInfoResolver), Reflection])
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
