namespace Elbo.Benchmarks;

/// <summary>A contender of a comparison.</summary>
/// <param name="Name">The name in the tables.</param>
/// <param name="Slice">Runs a short slice of work and returns the cost per unit, such as milliseconds per step.</param>
internal sealed record Contender(string Name, Func<double> Slice);

/// <summary>The cost of a contender in each round.</summary>
internal sealed record Measurement(string Name, IReadOnlyList<double> Rounds)
{
    public Spread Spread => Spread.Of(Rounds);

    /// <summary>Returns the speed relative to another contender: the ratio of the other cost to this cost, per round.</summary>
    public Spread SpeedRelativeTo(Measurement other) => Spread.Of(Rounds.Zip(other.Rounds, (own, others) => others / own));
}
