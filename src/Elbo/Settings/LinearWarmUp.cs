namespace Elbo;

/// <summary>A weight that changes linearly from one value to another, then is constant (Sønderby et al. 2016).</summary>
/// <param name="From">The weight at step 0.</param>
/// <param name="To">The weight from step <paramref name="Steps"/> on.</param>
/// <param name="Steps">The number of steps of the change.</param>
public sealed record LinearWarmUp(double From, double To, long Steps) : WeightSchedule
{
    /// <inheritdoc/>
    public override long EndStep => Steps;

    /// <inheritdoc/>
    public override double Final => To;

    /// <inheritdoc/>
    public override double At(long step) => step >= Steps ? To : From + (To - From) * step / Steps;

    /// <summary>The written form: <c>linear:FROM:TO:STEPS</c>.</summary>
    /// <returns>The text that <see cref="WeightSchedule.Parse"/> reads.</returns>
    public override string ToString() => $"linear:{Write(From)}:{Write(To)}:{Steps}";
}
