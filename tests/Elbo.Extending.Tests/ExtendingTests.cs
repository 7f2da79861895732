using System.Runtime.CompilerServices;
using static TorchSharp.torch;

namespace Extending;

public sealed class ExtendingTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("elbo-extending-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [ModuleInitializer]
    internal static void Register()
    {
        Registrations.Register();
        // The test projects run at the same time, and teams of OpenMP threads that share cores wait for each other most of the time.
        TorchSharp.torch.set_num_threads(1);
    }

    [Fact]
    public void Own_parts_are_chosen_by_their_names_on_own_data_recorded_and_found_again()
    {
        var (train, test) = (new Waves(300), new Waves(60));
        var run = Path.Combine(_folder, "run");
        float[] drawn;
        using (var model = Cvae.Create(train, new ParityCondition(), o => o with
        {
            LatentSize = 3,
            Network = new() { Hidden = [24] },
            // In capitals: names are matched without case.
            Likelihood = "Laplacian",
            Sigma = 0.3,
            Prior = "mean-shared-variance",
        }))
        {
            var before = Score(model, test);
            var result = new Trainer(model, new()
            {
                Epochs = 15,
                BatchSize = 20,
                LearningRate = 3e-3,
                Directory = run,
                Objective = new() { Kind = "best-draw", Samples = 3 },
            }).Fit(train);
            Assert.Equal(RunState.Finished, result.State);
            Assert.True(Score(model, test) < before - 1, $"{Score(model, test)} nats after training, {before} before.");
            drawn = model.Sample(2, test, seed: 1).Values.ToArray();
        }

        using var again = Run.Load(run);

        Assert.Equal("laplacian", again.Model.Options.Likelihood);
        Assert.Equal(new ParityCondition(), again.Model.Condition);
        Assert.Equal(drawn, again.Model.Sample(2, test, seed: 1).Values.ToArray());
    }

    [Fact]
    public void An_own_posterior_on_an_own_network_is_chosen_by_name_recorded_and_found_again()
    {
        var (train, test) = (new Waves(300), new Waves(60));
        var run = Path.Combine(_folder, "run");
        double[] scores;
        using (var model = Vae.Create(train, o => o with
        {
            LatentSize = 3,
            Network = new() { Kind = "Residual", Hidden = [24, 24], Activation = "silu" },
            Posterior = "Shared-Variance",
        }))
        {
            var before = Score(model, test);
            var result = new Trainer(model, new() { Epochs = 15, BatchSize = 20, LearningRate = 3e-3, Directory = run }).Fit(train);
            Assert.Equal(RunState.Finished, result.State);
            Assert.True(Score(model, test) < before - 1, $"{Score(model, test)} nats after training, {before} before.");
            scores = Scores(model, test);
        }

        using var again = Run.Load(run);

        Assert.Equal(("shared-variance", "residual"), (again.Model.Options.Posterior, again.Model.Options.Network.Kind));
        Assert.Equal(scores, Scores(again.Model, test));
    }

    [Fact]
    public void A_model_of_another_structure_is_recorded_found_again_resumed_and_fine_tuned()
    {
        var (train, test) = (new Waves(300), new Waves(60));
        var (run, tuned) = (Path.Combine(_folder, "run"), Path.Combine(_folder, "tuned"));
        var options = new TrainerOptions { Epochs = 10, BatchSize = 20, LearningRate = 1e-2, Directory = run };
        double[] scores;
        float[] drawn;
        using (var model = new TwoLayers(train.Shape, seed: 1))
        {
            var before = Score(model, test);
            new Trainer(model, options).Fit(train);
            Assert.True(Score(model, test) < before - 1, $"{Score(model, test)} nats after training, {before} before.");
            (scores, drawn) = (Scores(model, test), model.Sample(4, seed: 1).Values.ToArray());
        }

        using var again = Run.Load(run);

        Assert.IsType<TwoLayers>(again.GenerativeModel);
        Assert.Equal(scores, Scores(again.GenerativeModel, test));
        Assert.Equal(drawn, again.GenerativeModel.Sample(4, seed: 1).Values.ToArray());
        Assert.Throws<InvalidOperationException>(() => again.Model);
        Assert.Equal(12, again.Resume(train, epochs: 12).Epochs[^1].Epoch);
        using var other = again.FineTune(train, options with { Epochs = 1, Directory = tuned, Objective = null });
        Assert.IsType<TwoLayers>(other.GenerativeModel);
        using var found = Run.Load(tuned);
        Assert.Equal(Scores(other.GenerativeModel, test), Scores(found.GenerativeModel, test));
        Assert.Equal(again.Folder, found.Configuration.Training.StartFrom);
    }

    [Fact]
    public void A_model_is_registered_once_and_what_is_registered_must_build_the_one_that_was_trained()
    {
        var run = Path.Combine(_folder, "run");
        using (var model = new Unregistered(latentSize: 2))
            new Trainer(model, new() { Epochs = 1, Directory = run }).Fit(new Waves(60));

        var unknown = Assert.Throws<SettingsException>(() => Run.Load(run));
        Assert.Contains("Run.Load(folder, model)", unknown.Message, StringComparison.Ordinal);
        Assert.Contains(new MissingPart("model", typeof(Unregistered).FullName!), RunOverview.Read(run).MissingParts);
        GenerativeModels.Register(_ => new Unregistered(latentSize: 3));
        Assert.Empty(RunOverview.Read(run).MissingParts);
        var other = Assert.Throws<InputException>(() => Run.Load(run));
        Assert.Contains("latentSize 3", other.Message, StringComparison.Ordinal);
        using (var same = new Unregistered(latentSize: 2))
        using (var given = Run.Load(run, same))
            Assert.Same(same, given.GenerativeModel);

        Assert.Throws<ArgumentException>("create", () => GenerativeModels.Register(_ => new Unregistered(latentSize: 2)));
        Assert.Throws<ArgumentException>("create", () => GenerativeModels.Register<GenerativeModel>(_ => new TwoLayers(default, 0)));
        Assert.Throws<ArgumentException>("create", () => GenerativeModels.Register(_ => Vae.Create(ValueShape.Vector(2))));
        Assert.Throws<SettingsException>(() => RunDirectory.Open(run).ReadConfiguration().CreateModel());
    }

    [Fact]
    public void A_name_that_is_taken_is_refused_and_one_that_is_not_there_is_named()
    {
        Assert.Throws<ArgumentException>("name", () => Likelihoods.Register("Bernoulli", _ => new BernoulliLikelihood()));
        Assert.Throws<ArgumentException>("name", () => Priors.Register("mixture", _ => null!));
        Assert.Throws<ArgumentException>("name", () => Objectives.Register("a b", new BestDrawBound()));
        Assert.Throws<ArgumentException>("name", () => Networks.Register("mlp", new((_, _, _, _) => null!, (_, _, _, _) => null!)));
        Assert.Throws<ArgumentException>("name", () => Posteriors.Register("point", 1, _ => null!));

        var unknown = Assert.Throws<SettingsException>(() => Vae.Create(ValueShape.Vector(2), o => o with { Likelihood = "cauchy" }));

        Assert.Contains("'cauchy'", unknown.Message, StringComparison.Ordinal);
        Assert.Contains("laplacian", unknown.Message, StringComparison.Ordinal);
    }

    private static double Score(GenerativeModel model, ExampleSet data) => Scores(model, data).Average();

    private static double[] Scores(GenerativeModel model, ExampleSet data) =>
        [.. model.Score(data).Select(score => score.NegativeElbo!.Value)];

    /// <summary>A code that the decoder sees as it is.</summary>
    private sealed class Unregistered : GenerativeModel
    {
        private readonly Dense _encoder, _decoder;
        private readonly StandardPrior _prior;

        public Unregistered(int latentSize)
            : base(nameof(Unregistered), new Waves(1).Shape, new ContinuousBernoulliLikelihood(), null, new LatentGroup("z", latentSize))
        {
            var noise = new WeightNoise(1);
            _prior = new(latentSize);
            (_encoder, _decoder) = (new(Shape.Size, 2 * latentSize, noise), new(latentSize, Shape.Size, noise));
            RegisterComponents();
        }

        public override ForwardPass Infer(Tensor x, Tensor? features, Noise noise)
        {
            var posterior = LogVarianceBound.Gaussian(_encoder.forward(x));
            var z = posterior.Sample(noise[0]);
            return new(_decoder.forward(z), [new LatentVariable("z", posterior, _prior.At(features), noise[0], z)]);
        }

        public override Tensor Generate(Tensor? features, Noise noise) => _decoder.forward(_prior.At(features).Sample(noise[0]));
    }
}
