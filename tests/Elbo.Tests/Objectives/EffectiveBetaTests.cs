namespace Elbo.Tests;

public class EffectiveBetaTests
{
    [Fact]
    public void It_is_the_ratio_of_the_weights_at_which_the_schedules_end()
    {
        var options = new ObjectiveOptions { KlWeight = WeightSchedule.Parse("linear:0:3:10"), ReconstructionWeight = 2 };

        var beta = EffectiveBeta.Of(new WeightedObjective(options, Probe.Bound), null);

        Assert.Equal(new EffectiveBeta(1.5, null, null), beta);
    }

    [Fact]
    public void With_free_bits_it_does_not_exist() =>
        Assert.Null(EffectiveBeta.Of(new WeightedObjective(new ObjectiveOptions { FreeBits = 0.1 }, Probe.Bound), null));

    [Fact]
    public void Beside_the_sum_of_squared_errors_it_depends_on_sigma()
    {
        // At sigma = sqrt(1/2) the reconstruction is the sum of squares: the weights are those of that loss.
        var beta = EffectiveBeta.Of(new WeightedObjective(new ObjectiveOptions { KlWeight = 4 }, Probe.Bound), Math.Sqrt(0.5))!;

        Assert.Equal(4, beta.BesideSquaredError!.Value, 1e-12);
        Assert.Equal(2, beta.AtUnitSigma!.Value, 1e-12);
        Assert.Equal(0, EffectiveBeta.Of(new WeightedObjective(new ObjectiveOptions { Kind = "reconstruction" }, Probe.Point), null)!.Beta);
        Assert.Null(EffectiveBeta.Of(new WeightedObjective(new ObjectiveOptions { ReconstructionWeight = 0 }, Probe.Bound), null));
    }
}
