using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;

namespace Elbo;

/// <summary>Turns the serializer's exceptions into sentences about settings.</summary>
internal static partial class JsonErrors
{
    private const int MaxLength = 300;
    private const string NotConverted = "The JSON value could not be converted to ";

    /// <param name="exception">The exception.</param>
    /// <param name="source">Where the settings come from.</param>
    /// <param name="type">What was read.</param>
    public static SettingsException Explain(JsonException exception, string source, JsonTypeInfo type)
    {
        var path = exception.Path is { Length: > 1 } given ? given[2..] : "";
        var place = path.Length > 0 ? $" at {Shorten(path)}" : "";
        return new SettingsException($"{source} cannot be read{place}: {Shorten(Reason(exception.Message, path, type))}", exception);
    }

    // A file that is no JSON may have names of any length.
    private static string Shorten(string text) => text.Length <= MaxLength ? text : $"{text[..MaxLength]} ... and so on.";

    private static string Reason(string message, string path, JsonTypeInfo type)
    {
        if (message.Contains(" allow null values", StringComparison.Ordinal))
            return "it cannot be null.";
        // Of an init property the generated code names the type that has it.
        return message.StartsWith(NotConverted, StringComparison.Ordinal) && TypeAt(path, type) is { } expected
            ? $"{NotConverted}{expected}."
            : FirstSentence(message);
    }

    /// <summary>The type of the setting of a path, or null where the path leads through a kind of condition.</summary>
    private static Type? TypeAt(string path, JsonTypeInfo type)
    {
        foreach (Match part in PathPart().Matches(path))
        {
            var next = part.ValueSpan[0] == '['
                ? type.ElementType
                : type.Properties.FirstOrDefault(property => property.Name == part.Value)?.PropertyType;
            if (next is null)
                return null;
            type = type.Options.GetTypeInfo(next);
        }

        return type.Type;
    }

    private static string FirstSentence(string message)
    {
        var end = message.IndexOf(" Path: ", StringComparison.Ordinal);
        return end < 0 ? message : message[..end];
    }

    [GeneratedRegex(@"\[\d+\]|[^.\[]+")]
    private static partial Regex PathPart();
}
