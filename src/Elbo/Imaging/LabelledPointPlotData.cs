namespace Elbo;

/// <summary>The data of a <see cref="LabelledPointPlot"/>.</summary>
/// <param name="Points">The points.</param>
public sealed record LabelledPointPlotData(IReadOnlyList<LabelledPoint> Points)
{
    /// <summary>The heading.</summary>
    public required string Title { get; init; }

    /// <summary>What the horizontal axis is, with its unit.</summary>
    public required string XLabel { get; init; }

    /// <summary>What the vertical axis is, with its unit.</summary>
    public required string YLabel { get; init; }

    /// <summary>Whether consecutive points are connected by lines.</summary>
    public bool AreJoined { get; init; }
}
