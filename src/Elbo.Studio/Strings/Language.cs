using Microsoft.AspNetCore.Http;

namespace Elbo.Studio;

/// <summary>The languages of the studio, and which of them somebody reads.</summary>
internal static class Language
{
    /// <summary>The name of the cookie in which the page's switch remembers the choice.</summary>
    public const string Cookie = "elbo-language";

    public const string English = "en";
    public const string Chinese = "zh";

    /// <summary>Their codes, as a page names its language.</summary>
    public static IReadOnlyList<string> All { get; } = [English, Chinese];

    /// <summary>The language that was chosen before, else the first of those the browser asks for that there is, else English.</summary>
    public static string Of(HttpRequest request) =>
        Known(request.Cookies[Cookie]) ?? request.GetTypedHeaders().AcceptLanguage
            .OrderByDescending(asked => asked.Quality ?? 1)
            .Select(asked => Known(asked.Value.Value?.Split('-')[0]))
            .FirstOrDefault(language => language is not null) ?? English;

    private static string? Known(string? language) =>
        All.FirstOrDefault(known => string.Equals(known, language, StringComparison.OrdinalIgnoreCase));
}
