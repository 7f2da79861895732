using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Elbo.Cli;

/// <summary>JSON as the command line prints and stores it; settings and records are written by the library.</summary>
internal static class JsonOutput
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow,
        PropertyNameCaseInsensitive = false,
        RespectNullableAnnotations = true,
    };

    private static readonly JsonSerializerOptions Line = new(Options) { WriteIndented = false };

    /// <summary>Writes a value to stdout.</summary>
    public static void Write<T>(T value) => Console.Out.Write(ToText(value));

    /// <summary>Writes the properties of several objects as one object; null objects are skipped.</summary>
    public static void WriteMerged(params ReadOnlySpan<object?> parts)
    {
        var merged = new JsonObject();
        foreach (var part in parts)
        {
            if (part is null)
                continue;
            foreach (var (name, value) in JsonSerializer.SerializeToNode(part, part.GetType(), Options)!.AsObject())
                merged.Add(name, value?.DeepClone());
        }

        Write(merged);
    }

    /// <summary>A value as indented JSON that ends with a line break.</summary>
    public static string ToText<T>(T value) => JsonSerializer.Serialize(value, Options) + "\n";

    /// <summary>JSON on one line.</summary>
    public static string OneLine(JsonNode node) => node.ToJsonString(Line);

    /// <summary>Reads a value.</summary>
    /// <exception cref="JsonException">The text is no such value.</exception>
    public static T Read<T>(string text) => JsonSerializer.Deserialize<T>(text, Options) ?? throw new JsonException("It is null.");
}
