using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Elbo;

/// <summary>How configurations and run records are written: camel case, indented, nothing unknown accepted.</summary>
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

    /// <summary>Reads a value; what cannot be read is a configuration error that names where it came from.</summary>
    public static T Read<T>(string text, string source)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(text, Options)
                ?? throw new ConfigurationException($"{source} holds null where settings are expected.");
        }
        catch (JsonException exception)
        {
            var place = exception.Path is { Length: > 1 } path ? $" at {path[2..]}" : "";
            throw new ConfigurationException($"{source} cannot be read{place}: {FirstSentence(exception.Message)}", exception);
        }
        catch (NotSupportedException exception)
        {
            // What a value with several kinds gets that does not say of which it is.
            throw new ConfigurationException($"{source} cannot be read{PlaceIn(exception.Message)}: it lacks its \"kind\".", exception);
        }
    }

    // This exception names the place in its message alone: "... Path: $.model.condition | LineNumber: ...".
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
