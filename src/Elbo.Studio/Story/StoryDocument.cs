using System.Text.Json;
using Elbo.Story;
using Microsoft.AspNetCore.Http;

namespace Elbo.Studio;

/// <summary>
/// The story's page in the studio: it begins in the language and theme of the other views, and links to them from its header.
/// </summary>
internal static class StoryDocument
{
    private const string Icon = "/_content/Elbo.Studio/icon.svg";

    private static readonly string Views =
        JsonSerializer.Serialize(Language.All.ToDictionary(language => language, ViewsIn, StringComparer.Ordinal));

    /// <summary>Writes the page for a request.</summary>
    public static string Write(HttpContext context, ServedStory story)
    {
        var language = Language.Of(context.Request);
        var theme = Appearance.IsDark(context.Request.Cookies[Appearance.Cookie]) switch
        {
            true => Appearance.Dark,
            false => Appearance.Light,
            null => null,
        };
        var attributes = $"lang=\"{language}\" data-language-cookie=\"{Language.Cookie}\" data-theme-cookie=\"{Appearance.Cookie}\""
            + (theme is null ? "" : $" data-theme=\"{theme}\"");
        var data = $"<script type=\"application/json\" id=\"studio-views\">{Views}</script>\n";
        return story.WritePage(attributes, SecurityHeaders.NonceOf(context), Icon, data);
    }

    private static object ViewsIn(string language)
    {
        var strings = Strings.For(language);
        return new
        {
            label = strings["Shell.Views"],
            views = StudioViews.All.Select(view => new { address = $"/{view.Address}", title = strings[view.Title] }),
        };
    }
}
