using TorchSharp;
using static TorchSharp.torch;

namespace Elbo.Tests;

public class WeightAverageTests
{
    [Fact]
    public void Running_statistics_are_averaged_with_the_weights_they_belong_to()
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        using var model = Vae.Create(
            SmallRuns.Data.Shape,
            o => o with { LatentSize = 3 },
            modules: new(
                nn.Sequential(nn.Linear(36, 10), nn.BatchNorm1d(10), nn.Linear(10, 6))));
        var average = new WeightAverage(model, decay: 0.5);
        using var owned = average;
        var mean = model.NamedState().Single(named => named.Name.EndsWith("running_mean", StringComparison.Ordinal)).Value;
        var count = model.NamedState().Single(named => named.Name.EndsWith("num_batches_tracked", StringComparison.Ordinal)).Value;
        double[] values = [8, 4, 2];
        var expected = 0.0;
        for (var step = 1; step <= values.Length; step++)
        {
            mean.fill_(Number(values[step - 1]));
            count.fill_(Number((long)step));
            average.Update(step);
            var decay = Math.Min(0.5, (1.0 + step) / (10.0 + step));
            expected = decay * expected + (1 - decay) * values[step - 1];
        }

        using (average.PutIntoModel())
        {
            Assert.All(Tensors.ToArray(mean), value => Assert.Equal(expected, value, 1e-6));
            Assert.Equal(3, count.item<long>());
        }

        Assert.All(Tensors.ToArray(mean), value => Assert.Equal(2, value));
    }

    [Fact]
    public void With_batch_normalisation_averaged_weights_are_as_good_in_evaluation_as_in_training()
    {
        using var model = Vae.Create(
            SmallRuns.Data.Shape,
            o => o with { LatentSize = 3 },
            modules: new(
                nn.Sequential(nn.Linear(36, 10), nn.BatchNorm1d(10), nn.Tanh(), nn.Linear(10, 6)),
                nn.Sequential(nn.Linear(3, 10), nn.BatchNorm1d(10), nn.Tanh(), nn.Linear(10, 36))));
        var options = SmallRuns.Options(null) with { Epochs = 30, LearningRate = 0.01, Averaging = 0.98 };

        var result = new Trainer(model, options).Fit(SmallRuns.Data);

        Assert.InRange(result.Epochs[^1].Validation!.NegativeElbo!.Value, 0, result.Epochs[^1].Train.NegativeElbo!.Value + 0.5);
    }
}
