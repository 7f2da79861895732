namespace Elbo.Studio;

/// <summary>The JavaScript module with browser functions that Blazor does not provide.</summary>
internal static class PageScript
{
    public const string Path = "./_content/Elbo.Studio/page.js";
}
