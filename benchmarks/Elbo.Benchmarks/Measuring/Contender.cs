namespace Elbo.Benchmarks;

/// <summary>One side of a comparison.</summary>
/// <param name="Name">What the tables call it.</param>
/// <param name="Slice">Works for a moment, and answers its cost per unit of work, such as milliseconds per step.</param>
internal sealed record Contender(string Name, Func<double> Slice);

/// <summary>What a contender cost in each round.</summary>
internal sealed record Measurement(string Name, IReadOnlyList<double> Rounds)
{
    public Spread Spread => Spread.Of(Rounds);

    /// <summary>How many times this one's cost another one has, round by round: the speed of this one relative to the other.</summary>
    public Spread SpeedRelativeTo(Measurement other) => Spread.Of(Rounds.Zip(other.Rounds, (own, others) => others / own));
}
