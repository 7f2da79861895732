using TorchSharp;
using static TorchSharp.torch;

namespace Elbo.Tests;

/// <summary>Models that are not a <see cref="LatentVariableModel"/>: what holds for one group of Gaussian codes holds for them.</summary>
public class OtherStructuresTests
{
    [Fact]
    public void Two_stochastic_layers_are_trained_reported_by_group_and_resumed_exactly()
    {
        using var folders = new TemporaryFolder();
        var options = SmallRuns.Options(folders["straight"]) with { Epochs = 6, LearningRate = 0.01 };
        using var straight = new TwoLayerModel(SmallRuns.Data.Shape, 1);
        var result = new Trainer(straight, options).Fit(SmallRuns.Data);
        using (var interrupted = new TwoLayerModel(SmallRuns.Data.Shape, 1))
            new Trainer(interrupted, options with { Directory = folders["resumed"], Epochs = 3 }).Fit(SmallRuns.Data);

        var refused = Assert.Throws<SettingsException>(() => Run.Load(folders["resumed"]));
        Assert.Contains(nameof(TwoLayerModel), refused.Message, StringComparison.Ordinal);
        using var again = new TwoLayerModel(SmallRuns.Data.Shape, 2);
        using var run = Run.Load(folders["resumed"], again);
        run.Resume(SmallRuns.Data, epochs: 6);

        TrainerTests.AssertSameOutcome(folders["straight"], folders["resumed"]);
        Assert.True(result.Epochs[^1].TrainLoss < result.Epochs[0].TrainLoss - 1);
        var test = result.Test!;
        Assert.Equal(["z1", "z2"], test.KlTerms.Select(term => term.Group));
        Assert.Equal([true, false], test.KlTerms.Select(term => term.IsMonteCarlo));
        Assert.Equal([null, TwoLayerModel.Upper], test.KlTerms.Select(term => term.PerDimension?.Count));
        Assert.Equal(test.Kl!.Value, test.KlTerms.Sum(term => term.Nats), 1e-12);
        var header = File.ReadLines(folders["straight", "metrics.csv"]).First().Split(',');
        Assert.Equal(["kl_z1_1", "kl_z1_2", "kl_z1_3", "kl_z1_4", "kl_z2_1", "kl_z2_2"], header[^6..]);
        var row = MetricsRow.Read(folders["straight", "metrics.csv"])[^1];
        Assert.Equal(test.Kl, row.Kl);
        Assert.Equal([null, null, null, null, .. test.KlTerms[1].PerDimension!.Select(kl => (double?)kl)], row.KlColumns);
        Assert.Equal(10, again.Sample(10, seed: 1).Count);
    }

    [Fact]
    public void The_bound_of_two_layers_is_the_mean_of_the_negative_log_weights()
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        using var model = new TwoLayerModel(SmallRuns.Data.Shape, 1);
        const int draws = 50_000;
        var batch = new Batch(Tensors.Uniform(2, float32, 2, model.Shape.Size));

        var terms = model.Terms(batch, new Noise(
            Tensors.Normal(3, float32, draws, 2, TwoLayerModel.Lower), Tensors.Normal(4, float32, draws, 2, TwoLayerModel.Upper)));

        var difference = (terms.NegativeElboPerDraw.Plus(terms.LogWeights)).to(float64);
        var error = difference.std(0) / Number(Math.Sqrt(draws));
        Assert.All(Tensors.ToArray(difference.mean([0])).Zip(Tensors.ToArray(error)), pair => Assert.Equal(0, pair.First, 4 * pair.Second));
    }

    [Fact]
    public void A_module_that_normalises_over_the_batch_keeps_its_statistics_and_its_mode_when_a_model_is_examined()
    {
        using var model = Vae.Create(
            SmallRuns.Data.Shape,
            o => o with { LatentSize = 3 },
            modules: new(
                Decoder: nn.Sequential(nn.Linear(3, 10), nn.BatchNorm1d(10), nn.Linear(10, 36))));
        model.train();
        var normalization = model.modules().OfType<TorchSharp.Modules.BatchNorm1d>().Single();
        normalization.eval();

        _ = new WeightedObjective(new() { Kind = "hybrid" }, () => ModelTerms.Probe(model));
        var scores = model.Score(SmallRuns.Data.Test);

        Assert.Equal(scores, model.Score(SmallRuns.Data.Test));
        Assert.True(model.training);
        Assert.False(normalization.training);
        Assert.Equal(0, normalization.num_batches_tracked!.item<long>());
    }

    [Fact]
    public void An_objective_that_names_a_group_gets_its_term_or_a_sentence_with_the_name()
    {
        using var scope = NewDisposeScope();
        var (z1, z2) = (new KlTerm("z1", tensor(new[] { 1f, 2f }), false), new KlTerm("z2", tensor(new[] { 4f }), true));
        var terms = new MeanTerms(zeros(1), [z1, z2]);

        Assert.Equal((3, 4), (terms.KlOf("z1").item<float>(), terms.KlOf("z2").item<float>()));
        Assert.Contains("'z3'", Assert.Throws<MissingTermException>(() => terms.KlOf("z3")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_frozen_part_stays_as_it_is()
    {
        using var model = SmallRuns.Model();
        foreach (var parameter in model.Decoder.parameters())
            parameter.requires_grad = false;
        var before = model.Decoder.parameters().SelectMany(Tensors.ToArray).ToArray();

        var result = new Trainer(model, SmallRuns.Options(null)).Fit(SmallRuns.Data);

        Assert.Equal("autograd", result.GradientPath);
        Assert.Equal(before, model.Decoder.parameters().SelectMany(Tensors.ToArray).ToArray());
    }

    [Fact]
    public void Importance_sampling_over_two_layers_agrees_with_draws_from_the_prior()
    {
        using var model = new TwoLayerModel(SmallRuns.Data.Shape, 1);
        new Trainer(model, SmallRuns.Options(null) with { Epochs = 1 }).Fit(SmallRuns.Data);

        var report = LikelihoodEvaluation.Estimate(model, SmallRuns.Data.Test.Subset([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]), 60_000);

        var error = Math.Sqrt(
            Math.Pow(report.ImportanceSampling.MonteCarloStandardError!.Value, 2)
            + Math.Pow(report.PriorMonteCarlo.MonteCarloStandardError!.Value, 2));
        Assert.InRange(error, 1e-4, 0.05);
        Assert.Equal(report.PriorMonteCarlo.Nats, report.ImportanceSampling.Nats, 4 * error);
        Assert.True(report.ImportanceSampling.Nats < report.NegativeElbo.Nats);
    }

    [Fact]
    public void The_gradients_of_two_layers_agree_with_central_differences()
    {
        using var scope = NewDisposeScope();
        using var model = new TwoLayerModel(SmallRuns.Data.Shape, 1);
        model.to(float64);
        var batch = new Batch(Tensors.Uniform(2, float64, 3, model.Shape.Size));
        var noise = new Noise(Tensors.Normal(3, float64, 3, TwoLayerModel.Lower), Tensors.Normal(4, float64, 3, TwoLayerModel.Upper));
        Tensor Loss()
        {
            var terms = model.Terms(batch, noise);
            return terms.KlTerms.Aggregate(terms.Reconstruction.mean(), (sum, term) => sum.Plus(term.Parts.sum(-1).mean()));
        }

        Loss().backward();

        foreach (var parameter in model.parameters())
        {
            using var _ = no_grad();
            var direction = Tensors.Normal(5, float64, parameter.shape);
            var analytic = (parameter.grad! * direction).sum().item<double>();
            parameter.add_(direction * Number(1e-5), One);
            var above = Loss().item<double>();
            parameter.sub_(direction * Number(2e-5));
            var below = Loss().item<double>();
            parameter.add_(direction * Number(1e-5), One);
            Assert.Equal((above - below) / 2e-5, analytic, 1e-6 * Math.Max(1, Math.Abs(analytic)));
        }
    }

    [Fact]
    public void A_categorical_code_is_trained_by_draws_from_uniform_noise_and_uses_its_categories()
    {
        using var model = new CategoricalModel(SmallRuns.Data.Shape, 3);

        var result = new Trainer(model, SmallRuns.Options(null) with
        {
            Epochs = 60,
            LearningRate = 0.02,
            // So that the blobs are worth more than what a category costs.
            Objective = new() { ReconstructionWeight = 20 },
        }).Fit(SmallRuns.Data);

        Assert.True(result.Test!.KlIsMonteCarlo);
        Assert.Null(result.Test.KlPerDimension);
        Assert.True(result.Epochs[^1].TrainLoss < result.Epochs[0].TrainLoss - 1);
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var data = model.Reader(SmallRuns.Data.Test, Binarization.None, 0, RandomPurpose.EvaluationBinarization);
        var batch = data.Slice(0, data.Count);
        var probabilities = model.Classify(batch.Values);
        Assert.InRange(probabilities.amax([1]).mean().item<float>(), 0.8, 1);
        var usage = Tensors.ToArray(probabilities.mean([0]));
        Assert.InRange(-usage.Sum(share => share * Math.Log(share)), 0.5 * Math.Log(CategoricalModel.Categories), 2);
    }

    [Fact]
    public void The_density_of_the_relaxed_category_integrates_to_one()
    {
        using var scope = NewDisposeScope();
        const int steps = 1_000;
        var line = (arange(Number(0), Number(steps), One, float64).Plus(0.5)) / Number(steps);
        var grid = cartesian_prod(line, line);
        var inside = grid.sum(1).lt(One);
        var points = grid.index_select(0, inside.nonzero().view(-1));
        var y = cat([points, One.Minus(points.sum(1)).unsqueeze(1)], 1);

        var total = new Concrete(tensor(new[,] { { 0.5, -0.2, 0.1 } }), temperature: 1)
            .LogDensity(y).exp().sum().item<double>() / (steps * steps);

        Assert.Equal(1, total, 0.005);
    }

    [Fact]
    public void A_part_of_a_wrong_shape_or_without_a_gradient_is_named()
    {
        using var wrong = new Faulty(wrongShape: true);
        var shape = Assert.Throws<SettingsException>(() => new Trainer(wrong, SmallRuns.Options(null)).Fit(SmallRuns.Data));
        Assert.Contains("posterior of the latent group 'z'", shape.Message, StringComparison.Ordinal);

        using var detached = new Faulty(wrongShape: false);
        var gradient = Assert.Throws<SettingsException>(() => new Trainer(detached, SmallRuns.Options(null)).Fit(SmallRuns.Data));
        Assert.Contains("'encoder'", gradient.Message, StringComparison.Ordinal);
    }

    private sealed class Faulty : GenerativeModel
    {
        private readonly TorchSharp.Modules.Linear _encoder = nn.Linear(36, 4);
        private readonly TorchSharp.Modules.Linear _decoder = nn.Linear(2, 36);
        private readonly bool _wrongShape;

        public Faulty(bool wrongShape)
            : base(nameof(Faulty), SmallRuns.Data.Shape, new BernoulliLikelihood(), null, new LatentGroup("z", 2))
        {
            _wrongShape = wrongShape;
            register_module("encoder", _encoder);
            register_module("decoder", _decoder);
        }

        public override ForwardPass Infer(Tensor x, Tensor? features, Noise noise)
        {
            var output = _encoder.forward(x).detach();
            var posterior = _wrongShape ? new DiagonalGaussian(output) : LogVarianceBound.Gaussian(output);
            var prior = new DiagonalGaussian(zeros(1, 2));
            return new ForwardPass(_decoder.forward(noise[0]), [new LatentVariable("z", posterior, prior, noise[0], noise[0])]);
        }

        public override Tensor Generate(Tensor? features, Noise noise) => _decoder.forward(noise[0]);
    }
}
