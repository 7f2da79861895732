using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Elbo;

/// <summary>Serialization of configurations and run records: camel case, indented, unknown members rejected.</summary>
internal static class Json
{
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
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

    public static string Write<T>(T value) => JsonSerializer.Serialize(value, Options) + "\n";

    /// <summary>Deserializes a value; errors become a <see cref="SettingsException"/> that names the source.</summary>
    public static T Read<T>(string text, string source)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(text, Options)
                ?? throw new SettingsException($"{source} holds null where settings are expected.");
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
}
