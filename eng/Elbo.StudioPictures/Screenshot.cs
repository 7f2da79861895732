using Microsoft.Playwright;

namespace Elbo.StudioPictures;

/// <summary>One screenshot: the URL, the size of the window, and the actions before it is taken.</summary>
internal sealed record Screenshot(string Name, string Address)
{
    public int Width { get; init; } = 1280;

    public int Height { get; init; } = 900;

    public bool Dark { get; init; }

    public string Language { get; init; } = "en";

    /// <summary>Whether the screenshot contains the whole page or only the visible part.</summary>
    public bool WholePage { get; init; } = true;

    /// <summary>Whether it is used in the README or in docs; the others are for checking the layout.</summary>
    public bool IsForDocuments { get; init; }

    public Func<IPage, Task> Prepare { get; init; } = _ => Task.CompletedTask;
}
