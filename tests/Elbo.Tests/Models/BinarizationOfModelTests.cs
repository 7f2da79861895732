namespace Elbo.Tests;

/// <summary>A model binarises its input as in training, unless a caller asks for something else.</summary>
public class BinarizationOfModelTests
{
    [Theory]
    [InlineData(Binarization.None)]
    [InlineData(Binarization.Static)]
    [InlineData(Binarization.Dynamic)]
    public void The_scores_of_the_test_split_have_the_mean_that_the_training_reported(Binarization binarize)
    {
        using var folders = new TemporaryFolder();
        using var model = SmallRuns.Model();
        Assert.Equal(Binarization.None, model.Binarization);

        var test = new Trainer(model, SmallRuns.Options(folders["run"]) with { Binarize = binarize }).Fit(SmallRuns.Data).Test!;

        using var run = Run.Load(folders["run"]);
        foreach (var trained in new[] { model, run.Model })
        {
            Assert.Equal(binarize, trained.Binarization);
            Assert.Equal(test.NegativeElbo!.Value, trained.Score(SmallRuns.Data.Test).Average(score => score.NegativeElbo!.Value), 1e-5);
            var grey = trained.Score(SmallRuns.Data.Test, binarize: Binarization.None).Average(score => score.NegativeElbo!.Value);
            Assert.Equal(binarize == Binarization.None, Math.Abs(grey - test.NegativeElbo.Value) < 1e-3);
        }
    }

    [Fact]
    public void Every_method_that_takes_examples_sees_them_as_the_training_did()
    {
        using var model = Cvae.Create(
            SmallRuns.Data.Shape,
            Condition.Region("left-half", SmallRuns.Data.Shape.Image!.Value),
            o => o with { LatentSize = 3, Network = new() { Hidden = [12] } });
        new Trainer(model, SmallRuns.Options(null) with { Binarize = Binarization.Static }).Fit(SmallRuns.Data);
        var (data, codes) = (SmallRuns.Data.Test, model.Encode(SmallRuns.Data.Test));
        Func<Binarization?, float[]>[] methods =
        [
            binarize => model.Encode(data, binarize).Values.ToArray(),
            binarize => model.Reconstruct(data, binarize).Values.ToArray(),
            binarize => model.Decode(codes, data, binarize).Values.ToArray(),
            binarize => model.Sample(1, data, binarize: binarize).Values.ToArray(),
            binarize => Completions.Of(model, data, 1, binarize: binarize).Drawn.Values.ToArray(),
            binarize => [(float)LikelihoodEvaluation.Estimate(model, data, 2, binarize: binarize).NegativeElbo.Nats],
        ];

        Assert.All(methods, method =>
        {
            Assert.Equal(method(Binarization.Static), method(null));
            Assert.NotEqual(method(Binarization.None), method(null));
        });
    }
}
