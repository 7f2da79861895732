using System.Globalization;

namespace Elbo.Studio;

/// <summary>What of the three worlds is seen: a stop of the slider, the seed of the samples, and the places pointed at.</summary>
internal sealed record WorldsState(int Stop, int Seed, PointedPlaces Places)
{
    /// <summary>Reads it from an address; the stop whose beta is nearest in ratio is taken, and the usual one is beta = 1.</summary>
    public static WorldsState Parse(IReadOnlyList<BundledModel> stops, string? beta, string? seed, string? places)
    {
        var asked = beta == "inf" ? double.PositiveInfinity : Address.Number(beta, 1, 0, double.PositiveInfinity);
        var nearest = Enumerable.Range(0, stops.Count).MinBy(index => Distance(stops[index].KlWeight, asked));
        return new WorldsState(nearest, Seeds.Parse(seed), PointedPlaces.Parse(places));
    }

    public string ToAddress(IReadOnlyList<BundledModel> stops) =>
        Studio.Address.Of("worlds", ("beta", Beta(stops[Stop])), ("seed", Seed), ("z", Places.ToAddress()));

    /// <summary>The beta of a stop as addresses and pages write it.</summary>
    public static string Beta(BundledModel stop) => double.IsPositiveInfinity(stop.KlWeight) ? "inf" : stop.KlWeight.ToString(CultureInfo.InvariantCulture);

    private static double Distance(double beta, double asked) => beta == asked ? 0 : Math.Abs(Math.Log(beta) - Math.Log(asked));
}
