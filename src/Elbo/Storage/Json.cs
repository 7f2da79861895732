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
    }

    private static string FirstSentence(string message)
    {
        var end = message.IndexOf(" Path: ", StringComparison.Ordinal);
        return end < 0 ? message : message[..end];
    }
}
