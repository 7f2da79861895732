namespace Elbo;

/// <summary>Points as they are to be drawn.</summary>
internal sealed record LabelledPointPlotData(IReadOnlyList<LabelledPoint> Points)
{
    public required string Title { get; init; }

    public required string XLabel { get; init; }

    public required string YLabel { get; init; }

    /// <summary>Whether a line leads from each point to the next.</summary>
    public bool AreJoined { get; init; }
}

/// <summary>A point and what is written beside it.</summary>
internal sealed record LabelledPoint(double X, double Y, string Label);
