namespace Elbo.Studio;

/// <summary>The state of the worlds view: the stop of the slider, the seed of the samples, and the selected points.</summary>
internal sealed record WorldsState(int Stop, int Seed, SelectedPoints Points)
{
    /// <summary>Parses the query values of a URL; the stop whose beta has the nearest ratio is used, by default that of beta = 1.</summary>
    public static WorldsState Parse(IReadOnlyList<BundledModel> stops, string? beta, string? seed, string? points)
    {
        var requested = beta == "inf" ? double.PositiveInfinity : Address.Number(beta, 1, 0, double.PositiveInfinity);
        var nearest = Enumerable.Range(0, stops.Count).MinBy(index => Distance(stops[index].KlWeight, requested));
        return new WorldsState(nearest, Seeds.Parse(seed), SelectedPoints.Parse(points));
    }

    public string ToAddress(IReadOnlyList<BundledModel> stops) =>
        Studio.Address.Of("worlds", ("beta", stops[Stop].KlWeightText), ("seed", Seed), ("z", Points.ToAddress()));

    private static double Distance(double beta, double requested) => beta == requested ? 0 : Math.Abs(Math.Log(beta) - Math.Log(requested));
}
