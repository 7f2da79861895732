using Microsoft.Playwright;

namespace Elbo.StudioPictures;

/// <summary>One picture: what is opened, how large, and what is done before it is taken.</summary>
internal sealed record Scene(string Name, string Address)
{
    public int Width { get; init; } = 1280;

    public int Height { get; init; } = 900;

    public bool Dark { get; init; }

    public string Language { get; init; } = "en";

    /// <summary>Whether the picture holds all of the page or only what a window shows.</summary>
    public bool WholePage { get; init; } = true;

    /// <summary>Whether README or docs show it; the others are to be looked at.</summary>
    public bool IsForDocuments { get; init; }

    public Func<IPage, Task> Prepare { get; init; } = _ => Task.CompletedTask;
}
