namespace Elbo.Studio;

/// <summary>The module with what Blazor has no word for.</summary>
internal static class PageScript
{
    public const string Path = "./_content/Elbo.Studio/page.js";
}
