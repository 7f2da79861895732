using static TorchSharp.torch;

namespace Elbo.Tests;

public class DeviceObjectiveTests
{
    [Theory]
    [InlineData(null, 1)]
    [InlineData("z", 2.5)]
    [InlineData("z", 0)]
    public void Loss_and_derivatives_are_those_of_the_objective_while_kept_and_after_another_batch_size(string? group, double weight)
    {
        using var scope = NewDisposeScope();
        using var model = SmallRuns.Model();
        var objective = new WeightedObjective(
            new ObjectiveOptions { Kind = group is null ? "reconstruction" : "elbo", KlWeight = weight }, () => ModelTerms.Probe(model));
        using var device = new DeviceObjective(objective, "z");

        foreach (var (examples, seed) in new[] { (20, 1), (20, 2), (7, 3), (7, 4), (20, 5) })
        {
            var reconstruction = Tensors.Uniform((ulong)seed, float64, examples).requires_grad_();
            var kl = group is null ? null : Tensors.Uniform((ulong)seed + 9, float64, examples, 3).requires_grad_();
            var expected = objective.Loss(
                new MeanTerms(reconstruction.mean(), kl is null ? [] : [new KlTerm("z", kl.mean([0]), IsMonteCarlo: false)]),
                objective.FinalWeights);
            expected.backward();

            using var _ = no_grad();
            var (loss, toReconstruction, toKl) = device.At(reconstruction.detach(), kl?.detach(), objective.FinalWeights);

            Assert.Equal(expected.item<double>(), loss.item<double>(), 1e-12);
            AssertSame(reconstruction.grad!, toReconstruction.expand(examples));
            if (kl is not null)
                AssertSame(kl.grad!, toKl!.expand(examples, 3));
        }

        static void AssertSame(Tensor expected, Tensor actual) =>
            Assert.All(Tensors.ToArray(expected).Zip(Tensors.ToArray(actual)), pair => Assert.Equal(pair.First, pair.Second, 1e-15));
    }
}
