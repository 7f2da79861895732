namespace Elbo.Story;

/// <summary>The parts that are the same in the page on its own and in that of the studio.</summary>
internal static class PageParts
{
    private const string Web = "web/";
    private const string StyleFolder = "web/styles/";
    private const string TextFolder = "web/texts/";
    private const string StillFolder = "web/stills/";

    /// <summary>The frame of the page, for <see cref="PageTemplate"/>.</summary>
    public static string Template() => WebFiles.ReadText($"{Web}page.html");

    /// <summary>The script that starts the modules.</summary>
    public static string Bootstrap() => WebFiles.ReadText($"{Web}bootstrap.js");

    /// <summary>The style sheet. The numbers of its files are their order, as later rules win.</summary>
    public static string Style() => string.Concat(WebFiles.Names(StyleFolder).Select(WebFiles.ReadText));

    /// <summary>Texts and modules, as elements of a page.</summary>
    public static string Code(IEnumerable<StoryModule> modules)
    {
        var texts = WebFiles.Names(TextFolder).Select(name => PageTemplate.Data(
            "texts", Path.GetFileNameWithoutExtension(name), "application/json", WebFiles.ReadText(name).Trim()));
        return string.Concat(texts.Concat(modules.Select(module =>
            PageTemplate.Data("module", module.Path, "text/plain", module.Source))));
    }

    /// <summary>The pictures for a browser without JavaScript, PNG files by the names of their places in the page.</summary>
    public static IReadOnlyDictionary<string, byte[]> Stills() => WebFiles.Names(StillFolder)
        .ToDictionary(name => Path.GetFileNameWithoutExtension(name), WebFiles.Read, StringComparer.Ordinal);
}
