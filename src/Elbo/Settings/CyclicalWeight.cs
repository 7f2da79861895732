namespace Elbo;

/// <summary>
/// A periodic weight: in each period it changes linearly during the first half and is constant during the second
/// (Fu et al. 2019, with their proportion of one half). After the last period it is constant.
/// </summary>
/// <param name="From">The weight at the start of each period.</param>
/// <param name="To">The weight from the middle of each period on, and in the end.</param>
/// <param name="Period">Steps in a period.</param>
/// <param name="Cycles">How many periods there are.</param>
public sealed record CyclicalWeight(double From, double To, long Period, long Cycles) : WeightSchedule
{
    /// <inheritdoc/>
    public override long EndStep => checked(Period * Cycles);

    /// <inheritdoc/>
    public override double Final => To;

    /// <inheritdoc/>
    public override double At(long step) =>
        step >= EndStep ? To : From + (To - From) * Math.Min(1, 2.0 * (step % Period) / Period);

    /// <summary>The written form: <c>cyclical:FROM:TO:PERIOD:CYCLES</c>.</summary>
    /// <returns>The text that <see cref="WeightSchedule.Parse"/> reads.</returns>
    public override string ToString() => $"cyclical:{Write(From)}:{Write(To)}:{Period}:{Cycles}";
}
