namespace Elbo;

/// <summary>A constant weight.</summary>
/// <param name="Weight">The weight.</param>
public sealed record ConstantWeight(double Weight) : WeightSchedule
{
    /// <inheritdoc/>
    public override long EndStep => 0;

    /// <inheritdoc/>
    public override double Final => Weight;

    /// <inheritdoc/>
    public override double At(long step) => Weight;

    /// <summary>The written form: the number.</summary>
    /// <returns>The text that <see cref="WeightSchedule.Parse"/> reads.</returns>
    public override string ToString() => Write(Weight);
}
