using TorchSharp;
using static TorchSharp.torch;

namespace Elbo.Tests;

public class LikelihoodEstimatorTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Both_estimates_come_to_the_closed_form_within_a_few_of_their_standard_errors(bool conditional)
    {
        using var scope = NewDisposeScope();
        using var linear = new LinearGaussian(conditional, error: 0.7);
        var batch = linear.Examples(12);
        var expected = linear.LogDensity(batch);
        var estimator = new LikelihoodEstimator(linear.Model, 20_000, seed: 1);

        var (bound, _, importance) = estimator.FromPosterior(batch);
        var prior = estimator.FromPrior(batch);

        for (var i = 0; i < expected.Length; i++)
        {
            AssertAgrees(expected[i], importance, i);
            AssertAgrees(expected[i], prior, i);
            // The bound is apart from the truth by KL(q || true posterior): half the squared error of each dimension.
            Assert.Equal(-expected[i] + 0.7 * 0.7, bound.Nats[i], 4 * Math.Sqrt(bound.Variance[i]));
        }

        static void AssertAgrees(double logDensity, ExampleEstimates estimates, int index)
        {
            var standardError = Math.Sqrt(estimates.Variance[index]);
            Assert.InRange(standardError, 1e-4, 0.1);
            Assert.Equal(-logDensity, estimates.Nats[index], 4 * standardError);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void With_the_exact_posterior_all_weights_are_one_number_and_the_bound_is_the_likelihood(bool conditional)
    {
        using var scope = NewDisposeScope();
        using var linear = new LinearGaussian(conditional, error: 0);
        var batch = linear.Examples(5);
        var expected = linear.LogDensity(batch);

        var estimator = new LikelihoodEstimator(linear.Model, 40, seed: 1);

        var (bound, _, importance) = estimator.FromPosterior(batch);

        for (var i = 0; i < expected.Length; i++)
        {
            Assert.Equal(-expected[i], importance.Nats[i], 1e-10);
            Assert.Equal(0, importance.Variance[i], 1e-16);
            Assert.Equal(40, importance.EffectiveSampleSize![i], 1e-8);
            Assert.Equal(-expected[i], bound.Nats[i], 4 * Math.Sqrt(bound.Variance[i]));
        }

        // One draw at a time the first term of the bound varies although the weight does not: its mean is what is left.
        var longer = new LikelihoodEstimator(linear.Model, 50_000, seed: 2);
        var (many, _, _) = longer.FromPosterior(batch);
        Assert.Equal(-expected.Sum(), many.Nats.Sum(), 4 * Math.Sqrt(many.Variance.Sum()));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Standard_errors_over_draws_are_the_spread_over_repetitions(bool fromPrior)
    {
        const int repetitions = 400;
        using var scope = NewDisposeScope();
        using var linear = new LinearGaussian(conditional: true, error: 0.5);
        var batch = linear.Examples(3);
        var expected = linear.LogDensity(batch);

        double[][] scores = [.. Enumerable.Range(1, repetitions).Select(seed =>
        {
            var estimator = new LikelihoodEstimator(linear.Model, fromPrior ? 2_000 : 300, (ulong)seed);
            var estimates = fromPrior ? estimator.FromPrior(batch) : estimator.FromPosterior(batch).Likelihood;
            return expected.Select((value, i) => (estimates.Nats[i] + value) / Math.Sqrt(estimates.Variance[i])).ToArray();
        })];

        for (var i = 0; i < expected.Length; i++)
        {
            // The spread of 400 standard normal numbers is within four of its own errors, 1 / sqrt(800), of one.
            var spread = Math.Sqrt(scores.Average(score => score[i] * score[i]));
            Assert.InRange(spread, 0.85, 1.15);
        }
    }

    [Fact]
    public void The_standard_error_of_the_bound_is_the_spread_over_repetitions()
    {
        const int repetitions = 400;
        using var scope = NewDisposeScope();
        using var linear = new LinearGaussian(conditional: false, error: 0.5);
        var batch = linear.Examples(1);
        var expected = -linear.LogDensity(batch)[0] + 0.25;

        var scores = Enumerable.Range(1, repetitions).Select(seed =>
        {
            var estimator = new LikelihoodEstimator(linear.Model, 200, (ulong)seed);
            var bound = estimator.FromPosterior(batch).Bound;
            return (bound.Nats[0] - expected) / Math.Sqrt(bound.Variance[0]);
        });

        Assert.InRange(Math.Sqrt(scores.Average(score => score * score)), 0.85, 1.15);
    }

    [Fact]
    public void Examples_may_be_put_together_in_any_way()
    {
        using var scope = NewDisposeScope();
        using var linear = new LinearGaussian(conditional: true, error: 0.5);
        var batch = linear.Examples(6);
        var estimator = new LikelihoodEstimator(linear.Model, 1_700, seed: 3);

        var together = estimator.FromPosterior(At(10, 0, 6)).Likelihood.Nats;
        double[] apart = [.. Enumerable.Range(0, 3).SelectMany(i => estimator.FromPosterior(At(10, 2 * i, 2)).Likelihood.Nats)];
        var elsewhere = estimator.FromPosterior(At(11, 0, 6)).Likelihood.Nats;

        Assert.All(together.Zip(apart), pair => Assert.Equal(pair.First, pair.Second, 1e-10));
        Assert.All(together.Zip(elsewhere), pair => Assert.NotEqual(pair.First, pair.Second, 1e-10));

        Batch At(long firstIndex, int start, int count) =>
            new(batch.Values.narrow(0, start, count), batch.Features?.narrow(0, start, count))
            {
                Indices = Enumerable.Range(start, count).Select(i => firstIndex + i).ToArray(),
            };
    }

    [Fact]
    public void Codes_and_tensors_in_memory_do_not_grow_with_the_number_of_draws()
    {
        List<(long Rows, long Live)> calls = [];
        using var decoder = new Watched(calls);
        using var model = Vae.Create(SmallRuns.Data.Shape, o => o with { LatentSize = 3 }, modules: new(Decoder: decoder));
        var data = model.Reader(
            SmallRuns.Data.Test.Subset([.. Enumerable.Range(0, 20)]), Binarization.None, 0, RandomPurpose.EvaluationBinarization);
        // The pass that finds out which terms the model has is made once, and is not counted.
        Assert.True(model.HasDensity);
        var before = LiveTensors.OfThisThread;

        var most = new[] { 1, 30, 1_000, 20_000 }.Select(samples =>
        {
            calls.Clear();
            var report = LikelihoodEvaluation.Estimate(model, data, samples, 0);
            Assert.Equal(2L * 20 * samples, calls.Sum(call => call.Rows));
            return (Rows: calls.Max(call => call.Rows), Live: calls.Max(call => call.Live) - before);
        }).ToList();

        Assert.All(most, each => Assert.InRange(each.Rows, 1, LikelihoodEstimator.PreferredRows));
        Assert.Equal(most[2].Live, most[3].Live);
        Assert.Equal(before, LiveTensors.OfThisThread);
    }

    [Fact]
    public void On_a_trained_model_importance_sampling_is_the_lowest_and_all_three_differ()
    {
        using var model = SmallRuns.Model();
        new Trainer(model, SmallRuns.Options(null) with { Epochs = 60, LearningRate = 0.01, Binarize = Binarization.Static })
            .Fit(SmallRuns.Data);

        var report = LikelihoodEvaluation.Estimate(model, SmallRuns.Data.Test, 500, binarize: Binarization.Static);

        var (bound, prior, importance) = (report.NegativeElbo, report.PriorMonteCarlo, report.ImportanceSampling);
        Assert.Equal(50, report.Examples);
        Assert.True(importance.Nats <= bound.Nats + 3 * Combined(importance, bound));
        Assert.True(importance.Nats <= prior.Nats + 3 * Combined(importance, prior));
        Assert.Equal(3, new HashSet<double> { bound.Nats, prior.Nats, importance.Nats }.Count);
        Assert.True(report.Reconstruction < bound.Nats);
        Assert.All(new[] { bound, prior, importance }, estimate => Assert.True(estimate.StandardError > 0 && estimate.Samples == 500));
        Assert.Null(bound.MedianEffectiveSampleSize);
        Assert.InRange(importance.MedianEffectiveSampleSize!.Value, prior.MedianEffectiveSampleSize!.Value, 500);
        Assert.Null(LikelihoodEvaluation.Estimate(model, SmallRuns.Data.Test, 1).ImportanceSampling.MonteCarloStandardError);

        static double Combined(LikelihoodEstimate left, LikelihoodEstimate right) =>
            Math.Sqrt(Math.Pow(left.MonteCarloStandardError!.Value, 2) + Math.Pow(right.MonteCarloStandardError!.Value, 2));
    }

    [Fact]
    public void An_autoencoder_is_rejected_with_a_sentence()
    {
        using var model = Autoencoder.Create(SmallRuns.Data.Shape);

        var refused = Assert.Throws<SettingsException>(() => LikelihoodEvaluation.Estimate(model, SmallRuns.Data.Test, 10));

        Assert.Contains("no density", refused.Message, StringComparison.Ordinal);
    }

    private sealed class Watched : nn.Module<Tensor, Tensor>
    {
        private readonly TorchSharp.Modules.Linear _linear = nn.Linear(3, 36);
        private readonly List<(long Rows, long Live)> _calls;

        public Watched(List<(long Rows, long Live)> calls)
            : base(nameof(Watched))
        {
            _calls = calls;
            register_module("linear", _linear);
        }

        public override Tensor forward(Tensor input)
        {
            _calls.Add((input.shape[0], LiveTensors.OfThisThread));
            return _linear.forward(input);
        }
    }
}
