using TorchSharp;
using static TorchSharp.torch;

namespace Elbo.Tests;

public class DisentangledInferredPriorTests
{
    [Fact]
    public void A_penalty_on_posterior_moments_is_an_objective_of_under_thirty_lines_that_works()
    {
        var file = Path.Combine(RepositoryRoot.Path, "tests", "Elbo.Tests", "Objectives", "DisentangledInferredPrior.cs");
        Assert.InRange(File.ReadLines(file).Count(), 10, 29);

        Assert.True(Distance(weight: 30) < 0.3 * Distance(weight: 0), $"{Distance(30)} with the penalty, {Distance(0)} without.");
    }

    /// <summary>How far the covariance of the posterior means is from the identity after a training.</summary>
    private static double Distance(double weight)
    {
        using var model = Vae.Create(SmallRuns.Data.Shape, o => o with { LatentSize = 2, Network = new() { Hidden = [12] } });
        var objective = new ObjectiveOptions { Kind = "dip", KlWeight = weight };
        new Trainer(model, SmallRuns.Options(null) with { Epochs = 30, LearningRate = 0.01, BatchSize = 70, Objective = objective })
            .Fit(SmallRuns.Data);
        using var scope = NewDisposeScope();
        var codes = tensor(model.Encode(SmallRuns.Data.Train).Values.ToArray(), [SmallRuns.Data.Train.Count, 2]);
        var centered = codes - codes.mean([0], keepdim: true);
        return (centered.t().mm(centered) / Number(codes.shape[0]) - eye(2)).Squared().sum().item<float>();
    }
}
