namespace Elbo.Cli;

/// <summary>The data of a <see cref="LabelledPointPlot"/>.</summary>
internal sealed record LabelledPointPlotData(IReadOnlyList<LabelledPoint> Points)
{
    public required string Title { get; init; }

    public required string XLabel { get; init; }

    public required string YLabel { get; init; }

    /// <summary>Whether consecutive points are connected by lines.</summary>
    public bool AreJoined { get; init; }
}

/// <summary>A point and its label.</summary>
internal sealed record LabelledPoint(double X, double Y, string Label);
