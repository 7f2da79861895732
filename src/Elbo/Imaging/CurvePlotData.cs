namespace Elbo;

/// <summary>The data of a <see cref="CurvePlot"/>.</summary>
internal sealed record CurvePlotData(IReadOnlyList<CurveSeries> Series)
{
    public string? Title { get; init; }

    /// <summary>The label of the x axis of every panel.</summary>
    public string XLabel { get; init; } = "epoch";

    /// <summary>Changes during the run, such as of the weight of a term, drawn as a vertical line in every panel.</summary>
    public IReadOnlyList<CurveMarker> Markers { get; init; } = [];
}

/// <summary>One curve. Points that are not finite are skipped, and the line connects their neighbours.</summary>
/// <param name="Name">The legend entry. Curves with the same name have the same colour in all panels.</param>
/// <param name="Panel">The panel of the curve. Panels are ordered by their first occurrence.</param>
/// <param name="X">Positions, ascending.</param>
/// <param name="Y">One value per position.</param>
internal sealed record CurveSeries(string Name, CurvePanel Panel, IReadOnlyList<double> X, IReadOnlyList<double> Y);

/// <summary>A panel with the quantity on its vertical axis.</summary>
internal sealed record CurvePanel(string Title, string Unit)
{
    public static CurvePanel NegativeElbo { get; } = new("negative ELBO", "nats");

    public static CurvePanel Reconstruction { get; } = new("reconstruction", "nats");

    public static CurvePanel Kl { get; } = new("KL", "nats");

    public static CurvePanel ActiveUnits { get; } = new("active units", "latent dimensions");
}

/// <summary>A labelled position on the x axis.</summary>
internal sealed record CurveMarker(double X, string Label);
