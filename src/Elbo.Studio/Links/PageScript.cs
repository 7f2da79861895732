using Microsoft.JSInterop;

namespace Elbo.Studio;

/// <summary>The JavaScript module with browser functions that Blazor does not provide.</summary>
internal static class PageScript
{
    private const string Path = "./_content/Elbo.Studio/page.js";

    /// <summary>Uses the module; whatever is still to do when the page is closed is left undone.</summary>
    /// <returns>Whether it was done.</returns>
    public static async Task<bool> Use(IJSRuntime script, Func<IJSObjectReference, Task> use)
    {
        try
        {
            await using var page = await script.InvokeAsync<IJSObjectReference>("import", Path);
            await use(page);
            return true;
        }
        catch (Exception exception) when (PageClosing.Explains(exception))
        {
            // The page was closed.
            return false;
        }
    }
}
