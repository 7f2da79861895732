namespace Elbo;

/// <summary>The curves of a run, as they are to be drawn.</summary>
internal sealed record CurvePlotData(IReadOnlyList<CurveSeries> Series)
{
    public string? Title { get; init; }

    /// <summary>What the x axis of every panel counts.</summary>
    public string XLabel { get; init; } = "epoch";

    /// <summary>Where something in the run changed, such as the weight of a term; drawn as a line in every panel.</summary>
    public IReadOnlyList<CurveMarker> Markers { get; init; } = [];
}

/// <summary>One curve. Points with an x or y that is not finite are skipped, and the curve goes on to the next point.</summary>
/// <param name="Name">What the legend says. Curves of one name have one colour in all panels.</param>
/// <param name="Panel">Where it is drawn. Panels stand in the order in which the series first name them.</param>
/// <param name="X">Positions, ascending.</param>
/// <param name="Y">One value for each position.</param>
internal sealed record CurveSeries(string Name, CurvePanel Panel, IReadOnlyList<double> X, IReadOnlyList<double> Y);

/// <summary>A pair of axes and the quantity on the upright one.</summary>
internal sealed record CurvePanel(string Title, string Unit)
{
    public static CurvePanel NegativeElbo { get; } = new("negative ELBO", "nats");

    public static CurvePanel Reconstruction { get; } = new("reconstruction", "nats");

    public static CurvePanel Kl { get; } = new("KL", "nats");

    public static CurvePanel ActiveUnits { get; } = new("active units", "latent dimensions");
}

/// <summary>A place on the x axis with a word on what happened there.</summary>
internal sealed record CurveMarker(double X, string Label);
