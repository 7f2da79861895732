using System.Runtime.CompilerServices;

namespace Extending;

public sealed class ExtendingTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("elbo-extending-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [ModuleInitializer]
    internal static void Register() => Registrations.Register();

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

    private static double Score(LatentVariableModel model, ExampleSet data) =>
        model.Score(data).Average(score => score.NegativeElbo!.Value);
}
