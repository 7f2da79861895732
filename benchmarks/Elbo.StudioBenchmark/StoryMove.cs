namespace Elbo.StudioBenchmark;

/// <summary>A move of the pointer in a scene of the story, and the picture that it changes.</summary>
/// <param name="Scene">The number of the scene.</param>
/// <param name="Hand">What the pointer does, for the table.</param>
/// <param name="Target">The element that the pointer moves over.</param>
/// <param name="Picture">The canvas whose change is waited for.</param>
internal sealed record StoryMove(int Scene, string Hand, string Target, string Picture)
{
    public static IReadOnlyList<StoryMove> All { get; } =
    [
        new(2, "over the latent plane, to the decoded picture", ".scene-2 .plane", ".scene-2 .decoded canvas"),
        new(3, "epsilon is dragged, to the decoded picture", ".scene-3 .close canvas", ".scene-3 .decoded canvas"),
        new(4, "the ellipse is dragged, to the bar of log p(x)", ".ellipse-plane.main", ".evidence-bar canvas"),
        new(8, "from digit to digit in the plane, to its decoded mean", ".scene-8 .plane", ".scene-8 .trial figure:nth-child(2) canvas"),
        new(9, "the upper half is painted on, to the twelve completions", ".half-pad", ".completing .seen figure:nth-child(2) canvas")
        {
            State = "&part=half",
            Bottom = 0.42f,
        },
    ];

    /// <summary>The scene's part of the link.</summary>
    public string State { get; init; } = "";

    /// <summary>Where the pointer's path ends at the bottom, as a share of the target's height.</summary>
    public float Bottom { get; init; } = 0.8f;

    /// <summary>A point of the pointer's path, as shares of the target's width and height: no point is met twice.</summary>
    public (float X, float Y) At(int step)
    {
        const float top = 0.15f;
        var height = Bottom - top;
        return (0.5f + 0.33f * MathF.Sin(0.7f * step), top + height * (0.5f + 0.5f * MathF.Sin(0.31f * step + 1)));
    }
}
