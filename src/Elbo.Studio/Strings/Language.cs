using Microsoft.AspNetCore.Http;

namespace Elbo.Studio;

/// <summary>The languages of the studio, and the choice between them.</summary>
internal static class Language
{
    /// <summary>The name of the cookie that stores the choice.</summary>
    public const string Cookie = "elbo-language";

    public const string English = "en";
    public const string Chinese = "zh";

    /// <summary>The codes of the languages, as in the lang attribute of HTML.</summary>
    public static IReadOnlyList<string> All { get; } = [English, Chinese];

    /// <summary>The language chosen before, else the browser's most preferred language that is supported, else English.</summary>
    public static string Of(HttpRequest request) =>
        Known(request.Cookies[Cookie]) ?? request.GetTypedHeaders().AcceptLanguage
            .OrderByDescending(accepted => accepted.Quality ?? 1)
            .Select(accepted => Known(accepted.Value.Value?.Split('-')[0]))
            .FirstOrDefault(language => language is not null) ?? English;

    private static string? Known(string? language) =>
        All.FirstOrDefault(known => string.Equals(known, language, StringComparison.OrdinalIgnoreCase));
}
