namespace Elbo.Story;

/// <summary>What the scene of beta says of one member of a family, chosen by what is measured.</summary>
/// <param name="Name">The name of the sentence, <c>regime-NAME</c> in the texts.</param>
/// <param name="Values">The numbers that the sentence names.</param>
internal sealed record BetaRegime(string Name, IReadOnlyDictionary<string, double> Values)
{
    /// <summary>A dimension whose KL is below this, in nats, tells nothing of x.</summary>
    public const double DeadKl = 0.01;

    /// <summary>From this share of draws outside of all clouds on there are holes.</summary>
    public const double HoleShare = 0.2;

    /// <summary>The share of N(0, I) that lies where codes of an autoencoder are counted as far out.</summary>
    public const double FarShareOfPrior = 0.01;

    /// <summary>No dimension carries anything.</summary>
    public const string Collapse = "collapse";

    /// <summary>One dimension of two carries nothing.</summary>
    public const string Dead = "dead";

    /// <summary>Points, of which more lie far out than of N(0, I).</summary>
    public const string Far = "far";

    /// <summary>Many draws lie outside of all clouds.</summary>
    public const string Holes = "holes";

    /// <summary>Still many, but fewer than at the beta before.</summary>
    public const string SmallerHoles = "smaller";

    /// <summary>Few draws lie outside of all clouds, and reconstruction has not measurably lost more than KL has saved.</summary>
    public const string Balance = "balance";

    /// <summary>Since the lower beta with the least sum of both terms reconstruction has lost more than KL has saved.</summary>
    public const string Costly = "costly";

    /// <summary>Nothing of this holds beyond its error: the sentence claims nothing.</summary>
    public const string Undecided = "compare";

    /// <summary>The regimes of a family.</summary>
    /// <param name="family">Its members by beta, from the lowest.</param>
    public static IReadOnlyList<BetaRegime> Of(IReadOnlyList<BetaFigures> family)
    {
        var clouds = family.Where(each => each.Clouds is not null).ToList();
        return [.. family.Select(own => own.Clouds is null ? OfPoints(own) : OfClouds(own, clouds))];
    }

    private static BetaRegime OfPoints(BetaFigures own) =>
        own.Far.IsAbove(FarShareOfPrior) ? Say(Far, ("outside", own.Far.Value)) : Say(Undecided);

    private static BetaRegime OfClouds(BetaFigures own, List<BetaFigures> family)
    {
        var (clouds, place) = (own.Clouds!, family.IndexOf(own));
        if (DeadDimensions(own) is { } dead and > 0)
        {
            return Say(
                dead == clouds.KlPerDimension.Count ? Collapse : Dead,
                ("least", clouds.KlPerDimension.Min(kl => kl.Value)), ("most", clouds.KlPerDimension.Max(kl => kl.Value)));
        }

        var holes = ("holes", clouds.Holes.Value);
        if (clouds.Holes.IsAbove(HoleShare))
        {
            return place > 0 && clouds.Holes.IsBelow(family[place - 1].Clouds!.Holes)
                ? Say(SmallerHoles, holes, ("before", family[place - 1].Beta))
                : Say(Holes, holes);
        }

        if (family.Take(place).MinBy(lower => lower.Clouds!.NegativeElbo.Value) is { } best && IsCostly(own, best))
        {
            return Say(
                Costly, ("best", best.Beta), ("cost", own.Reconstruction.Value - best.Reconstruction.Value),
                ("saved", best.Clouds!.Kl.Value - clouds.Kl.Value));
        }

        return clouds.Holes.IsBelow(HoleShare) ? Say(Balance, holes) : Say(Undecided);
    }

    /// <summary>How many dimensions carry nothing; null where that is within the error for one of them.</summary>
    public static int? DeadDimensions(BetaFigures figures) =>
        figures.Clouds is { } clouds && clouds.KlPerDimension.All(kl => kl.IsBelow(DeadKl) || kl.IsAbove(DeadKl))
            ? clouds.KlPerDimension.Count(kl => kl.IsBelow(DeadKl))
            : null;

    // The sum of both terms has grown while the KL fell: so the reconstruction has lost more than that.
    private static bool IsCostly(BetaFigures own, BetaFigures best) =>
        own.Clouds!.Kl.IsBelow(best.Clouds!.Kl) && best.Clouds.NegativeElbo.IsBelow(own.Clouds.NegativeElbo);

    private static BetaRegime Say(string name, params IEnumerable<(string Name, double Value)> values) =>
        new(name, values.ToDictionary(value => value.Name, value => value.Value, StringComparer.Ordinal));
}
