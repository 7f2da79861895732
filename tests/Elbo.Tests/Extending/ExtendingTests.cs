using System.Text.RegularExpressions;
using TorchSharp;
using static TorchSharp.torch;

namespace Elbo.Tests;

/// <summary>The examples of docs/extending.md: that they are the code which is tested, and what is particular to each.</summary>
public partial class ExtendingTests
{
    [Fact]
    public void The_blocks_of_the_document_are_the_code_between_the_marks()
    {
        var document = File.ReadAllText(Path.Combine(RepositoryRoot.Path, "docs", "extending.md"));
        string[] blocks = [.. Fence().Matches(document).Select(match => match.Groups["code"].Value)];

        string[] expected =
        [
            Marked("LaplacianLikelihood.cs"), Marked("Registrations.cs", " likelihood"),
            Marked("SharedVariancePrior.cs"), Marked("Registrations.cs", " prior"),
            Marked("SharedVarianceEncoder.cs"), Marked("Registrations.cs", " posterior"),
            Marked("ResidualPerceptron.cs"), Marked("Registrations.cs", " network"),
            Marked("ParityCondition.cs"), Marked("Registrations.cs", " condition"),
            Marked("BestDrawBound.cs"), Marked("Registrations.cs", " objective"),
            Marked("TwoLayers.cs"), Marked("Registrations.cs", " model"),
            Marked("Waves.cs"),
            Marked("../Elbo.SamplePlugin/Plugin.cs"),
        ];

        Assert.Equal(expected, blocks);
        Assert.All(expected, code => Assert.NotEqual("", code));
    }

    [Fact]
    public void Each_example_has_fewer_than_30_lines_of_code()
    {
        string[] files =
        [
            "LaplacianLikelihood.cs", "SharedVariancePrior.cs", "SharedVarianceEncoder.cs", "ResidualPerceptron.cs", "ParityCondition.cs",
            "BestDrawBound.cs", "TwoLayers.cs", "Waves.cs",
        ];

        Assert.All(files, file => Assert.InRange(
            Marked(file).Split('\n').Count(line => line.Trim() is { Length: > 0 } code && !code.StartsWith("//", StringComparison.Ordinal)),
            1,
            29));
    }

    [Fact]
    public void A_model_of_all_four_is_trained_by_their_names_recorded_and_opened_again()
    {
        using var folders = new TemporaryFolder();
        float[] drawn;
        using (var model = Cvae.Create(SmallRuns.Data.Shape, new ParityCondition(), o => o with
        {
            LatentSize = 3,
            Network = new() { Hidden = [12] },
            Likelihood = "laplacian",
            Sigma = 0.3,
            Prior = "mean-shared-variance",
        }))
        {
            var options = SmallRuns.Options(folders["run"]) with { Objective = new() { Kind = "best-draw", Samples = 3 }, Epochs = 8 };
            var before = Score(model);
            new Trainer(model, options).Fit(SmallRuns.Data);
            Assert.True(Score(model) < before - 1, $"{Score(model)} nats after training, {before} before.");
            drawn = Draw(model);
        }

        using var run = Run.Load(folders["run"]);

        Assert.Equal(new ParityCondition(), run.Model.Condition);
        Assert.Equal(drawn, Draw(run.Model));

        static double Score(LatentVariableModel model) => model.Score(SmallRuns.Data.Test).Average(score => score.NegativeElbo!.Value);

        static float[] Draw(LatentVariableModel model) => model.Sample(4, SmallRuns.Data.Test.Subset([0, 1]), seed: 1).Values.ToArray();
    }

    [Theory]
    [InlineData(null, 0.2)]
    [InlineData(0.05, 0.05)]
    [InlineData(3.0, 3.0)]
    public void The_Laplacian_integrates_to_one_and_has_the_given_deviation(double? sigma, double deviation)
    {
        using var scope = NewDisposeScope();
        using var likelihood = Likelihoods.Create("laplacian", new LikelihoodContext(new ImageShape(1, 1, 1), sigma));
        var step = deviation / 1000;
        var (output, x) = (
            tensor(new[,] { { 0.4 } }), arange(Number(-30 * deviation), Number(30 * deviation), Number(step), float64).Plus(0.6));

        var density = Tensors.ToArray(likelihood.LogDensity(output, x.unsqueeze(-1)).exp() * Number(step));
        var draws = likelihood.Draw(output.expand(100_000, 1), Tensors.Uniform(4, float64, 100_000, 1));

        Assert.Equal(1, density.Sum(), 1e-5);
        // The standard error of the deviation of n Laplacian numbers is sigma · sqrt(5 / 4n).
        Assert.Equal(deviation, draws.std().item<double>(), 4 * deviation * Math.Sqrt(1.25 / 100_000));
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_Laplacian_of_no_width_is_rejected(double sigma) =>
        Assert.Throws<SettingsException>(() => Likelihoods.Create("laplacian", new LikelihoodContext(new ImageShape(1, 1, 1), sigma)));

    [Fact]
    public void The_prior_moves_with_the_condition_and_its_variances_do_not()
    {
        using var scope = NewDisposeScope();
        using var prior = Priors.Create("mean-shared-variance", new ModelOptions { LatentSize = 2 }, 3, new WeightNoise(1));
        using (no_grad())
            prior.named_parameters().Single(named => named.name == "log_variances").parameter.copy_(tensor(new[] { -1f, 0.5f }));

        var at = ((GaussianPrior)prior).At(nn.functional.one_hot(tensor(new long[] { 0, 2 }), 3).to(float32));

        Assert.NotEqual(Tensors.ToArray(at.Mean[0]), Tensors.ToArray(at.Mean[1]));
        // 14 · tanh(v / 14) of -1 and of 0.5.
        double[] expected = [-0.998303, 0.499788];
        Assert.All([0, 1], row => Assert.Equal(
            expected, Tensors.ToArray(at.LogVariance![row]), (left, right) => Math.Abs(left - right) < 1e-6));
        Assert.Throws<SettingsException>(() =>
            Priors.Create("mean-shared-variance", new ModelOptions { LatentSize = 2 }, 0, new WeightNoise(1)));
    }

    [Fact]
    public void The_posterior_has_the_same_variances_for_all_examples()
    {
        using var scope = NewDisposeScope();
        using var model = Vae.Create(SmallRuns.Data.Shape, o => o with { LatentSize = 2, Posterior = "shared-variance" });
        using (no_grad())
        {
            model.named_parameters().Single(named => named.name.EndsWith("log_variances", StringComparison.Ordinal)).parameter
                .copy_(tensor(new[] { -1f, 0.5f }));
        }

        var at = Assert.IsType<DiagonalGaussian>(model.Encode(Tensors.Uniform(1, float32, 2, model.Shape.Size), null));

        Assert.NotEqual(Tensors.ToArray(at.Mean[0]), Tensors.ToArray(at.Mean[1]));
        // 14 · tanh(v / 14) of -1 and of 0.5.
        double[] expected = [-0.998303, 0.499788];
        Assert.All([0, 1], row => Assert.Equal(
            expected, Tensors.ToArray(at.LogVariance![row]), (left, right) => Math.Abs(left - right) < 1e-6));
    }

    [Fact]
    public void The_network_adds_its_layers_to_what_they_get()
    {
        using var scope = NewDisposeScope();
        var options = new NetworkOptions { Hidden = [5, 5], Activation = "tanh" };
        using var network = new ResidualPerceptron(3 + 2, 4, options, new WeightNoise(1));
        var (input, features) = (Tensors.Normal(1, float32, 6, 3), Tensors.Normal(2, float32, 6, 2));
        var weights = network.named_parameters().ToDictionary(named => named.name, named => (Tensor)named.parameter);
        Tensor Affine(int layer, Tensor from) => from.matmul(weights[$"dense{layer}.weight"].t()).Plus(weights[$"dense{layer}.bias"]);

        var hidden = Affine(0, cat([input, features], 1));
        hidden = hidden.Plus(Affine(1, hidden).tanh());
        hidden = hidden.Plus(Affine(2, hidden).tanh());

        Assert.True(allclose(Affine(3, hidden), network.forward(input, features), 1e-5, 1e-6));
        Assert.Throws<SettingsException>(() => new ResidualPerceptron(3, 4, new() { Hidden = [5, 6] }, new WeightNoise(1)));
        Assert.Throws<SettingsException>(() => new ResidualPerceptron(3, 4, new() { Hidden = [] }, new WeightNoise(1)));
    }

    [Fact]
    public void The_condition_encodes_even_or_odd()
    {
        using var scope = NewDisposeScope();
        var condition = Json.Read<Condition>("""{"kind": "parity"}""", "here");

        var features = new TensorExamples(zeros(3, 4), [3, 0, 8]).FeaturesFor(condition);

        Assert.Equal([0, 1, 1, 0, 1, 0], Tensors.ToArray(features));
        Assert.Equal("""{"kind":"parity"}""", Json.Write(condition).Replace("\n", "").Replace(" ", ""));
        Assert.Throws<InputException>(() => condition.Check(new ImageDataset(new ImageShape(1, 2, 2), new byte[4])));
    }

    [Fact]
    public void The_objective_counts_the_best_draw_alone()
    {
        using var scope = NewDisposeScope();
        var objective = new WeightedObjective(new() { Kind = "best-draw", Samples = 3 }, Probe.Bound);
        // At a draw of zero under posterior and prior alike the weight is the likelihood.
        BoundTerms Terms(Tensor logLikelihood)
        {
            var standard = new DiagonalGaussian(zeros(2, 1, float64));
            var zero = zeros([.. logLikelihood.shape, 1], float64);
            return new(logLikelihood, [new LatentVariable("z", standard, standard, zero, zero)]);
        }

        var several = Terms(tensor(new[,] { { -5.0, -90 }, { -3, -70 }, { -4, -80 } }));
        var one = Terms(tensor(new[] { -5.0, -90 }));

        Assert.Equal((3 + 70) / 2.0, objective.Loss(several, objective.FinalWeights).item<double>(), 1e-12);
        Assert.Equal((5 + 90) / 2.0, objective.Loss(one, objective.FinalWeights).item<double>(), 1e-12);
        Assert.Throws<SettingsException>(() => new WeightedObjective(new() { Kind = "best-draw", KlWeight = 2 }, Probe.Bound));
    }

    /// <summary>The lines between two marks of a file of this folder, without their common indentation.</summary>
    private static string Marked(string file, string name = "")
    {
        var source = File.ReadAllText(Path.Combine(RepositoryRoot.Path, "tests", "Elbo.Extending.Tests", file));
        var code = Regex.Match(source, $@"// begin{name}\n(?<code>.*?)[ ]*// end\n", RegexOptions.Singleline).Groups["code"].Value;
        var indentation = new string(' ', code.Length - code.TrimStart(' ').Length);
        return string.Join('\n', code.Split('\n').Select(line =>
            line.StartsWith(indentation, StringComparison.Ordinal) ? line[indentation.Length..] : line));
    }

    [GeneratedRegex("```csharp\n(?<code>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Fence();
}
