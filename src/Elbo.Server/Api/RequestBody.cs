using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Elbo.Server;

/// <summary>Reads the body of a request: JSON, or one picture with the rest in the query.</summary>
internal static class RequestBody
{
    /// <summary>A request in JSON.</summary>
    /// <exception cref="RequestException">The body is not what is asked for.</exception>
    public static async Task<T> ReadJson<T>(HttpContext context, JsonTypeInfo<T> type)
        where T : class
    {
        if (!context.Request.HasJsonContentType())
            throw new RequestException(StatusCodes.Status415UnsupportedMediaType, "Send the request as application/json.");
        EnsureNoQuery(context.Request);
        try
        {
            return await JsonSerializer.DeserializeAsync(context.Request.Body, type, context.RequestAborted)
                ?? throw RequestException.Invalid("The body is null: send an object.");
        }
        catch (JsonException exception)
        {
            throw RequestException.Invalid(Explain(exception));
        }
    }

    /// <summary>Whether the body is a picture.</summary>
    public static bool IsPicture(HttpRequest request) =>
        request.ContentType?.StartsWith("image/", StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>The bytes of the body.</summary>
    public static async Task<byte[]> ReadBytes(HttpContext context)
    {
        using var bytes = new MemoryStream();
        await context.Request.Body.CopyToAsync(bytes, context.RequestAborted);
        return bytes.ToArray();
    }

    /// <summary>Refuses parameters of the query besides some.</summary>
    /// <exception cref="RequestException">There are others.</exception>
    public static void EnsureNoQuery(HttpRequest request, params string[] besides)
    {
        foreach (var name in request.Query.Keys)
        {
            if (!besides.Contains(name, StringComparer.Ordinal))
            {
                throw RequestException.Invalid(besides.Length == 0
                    ? $"The parameter '{name}' is not known here: what a request needs is in its body."
                    : $"The parameter '{name}' is not known: there are {string.Join(", ", besides)}.");
            }
        }
    }

    /// <summary>A number in the query; null if it is not there.</summary>
    /// <exception cref="RequestException">It is no number, or there are several.</exception>
    public static T? Number<T>(HttpRequest request, string name)
        where T : struct, IParsable<T> => request.Query[name] switch
        {
            [] => null,
            [{ } text] when T.TryParse(text, CultureInfo.InvariantCulture, out var number) => number,
            _ => throw RequestException.Invalid($"The parameter '{name}' is not one number."),
        };

    /// <summary>Numbers in the query, separated by commas; null if they are not there.</summary>
    /// <exception cref="RequestException">One is no number.</exception>
    public static T[]? Numbers<T>(HttpRequest request, string name)
        where T : struct, IParsable<T>
    {
        if (request.Query[name] is not [{ } text])
            return request.Query.ContainsKey(name) ? throw RequestException.Invalid($"Give '{name}' once.") : null;
        return Array.ConvertAll(
            text.Split(','),
            part => T.TryParse(part, CultureInfo.InvariantCulture, out var number)
                ? number
                : throw RequestException.Invalid($"'{part}' in the parameter '{name}' is no number."));
    }

    private static string Explain(JsonException exception)
    {
        var place = exception.Path is { Length: > 1 } path ? $" at {path}" : "";
        var line = exception.LineNumber is { } number ? $", line {number + 1}" : "";
        var message = exception.Message;
        // The sentences of .NET about these name its types.
        var reason = message.Contains("could not be converted", StringComparison.Ordinal) ? "the value is of another kind"
            : message.Contains("Duplicate property", StringComparison.Ordinal) ? "the property is there twice"
            : message.Contains("could not be mapped", StringComparison.Ordinal) ? "there is no such property"
            : FirstSentence(message);
        return $"The body is not the JSON of this request{place}{line}: {reason}.";
    }

    private static string FirstSentence(string text)
    {
        var end = text.IndexOf(". ", StringComparison.Ordinal);
        var sentence = (end < 0 ? text : text[..end]).TrimEnd('.').ReplaceLineEndings(" ");
        return sentence.Length == 0 ? "it cannot be read" : char.ToLowerInvariant(sentence[0]) + sentence[1..];
    }
}
