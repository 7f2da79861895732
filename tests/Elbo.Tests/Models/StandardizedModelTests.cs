namespace Elbo.Tests;

public class StandardizedModelTests
{
    [Fact]
    public void The_density_of_a_model_is_in_the_units_of_the_data()
    {
        var rows = Rows(1, 0);
        var scaled = Rows(1000, 1e9);
        using var model = Vae.Create(rows, o => o with { LatentSize = 2, Network = new() { Hidden = [8] } });
        using var same = Vae.Create(scaled, o => o with { LatentSize = 2, Network = new() { Hidden = [8] } });

        var (scores, ofScaled) = (model.Score(rows, samples: 3), same.Score(scaled, samples: 3));

        // In units a thousand times as small each of three numbers has a thousandth of the density.
        Assert.All(scores.Zip(ofScaled), pair =>
            Assert.Equal(pair.First.NegativeElbo!.Value + 3 * Math.Log(1000), pair.Second.NegativeElbo!.Value, 1e-3));
        Assert.Equal(scores[0].Kl!.Value, ofScaled[0].Kl!.Value, 1e-5);
        var (back, ofScaledBack) = (model.Reconstruct(rows).Row(0), same.Reconstruct(scaled).Row(0));
        Assert.All(back.Zip(ofScaledBack), pair => Assert.Equal(1e9 + 1000 * pair.First, pair.Second, 0.01));
    }

    [Fact]
    public void A_run_of_rows_is_recorded_loaded_and_resumed_with_its_standardisation()
    {
        using var folders = new TemporaryFolder();
        var rows = Rows(10, -4);
        float[] drawn;
        using (var model = Vae.Create(rows, o => o with { LatentSize = 2, Network = new() { Hidden = [8] } }))
        {
            new Trainer(model, new() { Epochs = 2, Directory = folders["run"], BatchSize = 16 }).Fit(rows);
            drawn = model.Sample(3, seed: 2).Values.ToArray();
        }

        using var run = Run.Load(folders["run"]);

        Assert.Equal(Standardization.Of(rows), run.Model.Options.Standardization);
        Assert.Equal(ValueShape.Vector(3), run.Model.Shape);
        Assert.Equal(drawn, run.Model.Sample(3, seed: 2).Values.ToArray());
        Assert.Equal(3, run.Resume(rows, epochs: 3).Epochs[^1].Epoch);
    }

    [Fact]
    public void The_fused_path_of_real_numbers_has_the_terms_and_gradients_of_autograd()
    {
        var rows = Rows(3, 5);
        using var model = Vae.Create(rows, o => o with
        {
            LatentSize = 2,
            Likelihood = "gaussian",
            Sigma = 0.5,
            Network = new() { Hidden = [8] },
        });
        using var scope = TorchSharp.torch.NewDisposeScope();
        var objective = new WeightedObjective(model.DefaultObjective, () => ModelTerms.Probe(model));
        var batch = model.Reader(rows, Binarization.None, 0, RandomPurpose.Binarization).Slice(0, 20);
        var noise = Tensors.Normal(1, TorchSharp.torch.float32, 20, 2);
        using var optimizer = new FusedAdam(model);
        using var fused = FusedPath.TryCreate(model, objective, optimizer)!;

        var (expected, gradients) = Compute(new AutogradPath(model, objective));
        var (actual, fusedGradients) = Compute(fused);

        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 1e-4));
        Assert.All(gradients.Zip(fusedGradients), pair => Assert.Equal(pair.First, pair.Second, 1e-5));

        (double[] Terms, double[] Gradients) Compute(IGradientPath path)
        {
            foreach (var parameter in model.parameters())
                parameter.grad = null;
            var (terms, _) = path.Compute(batch, noise, objective.FinalWeights, new TrainingClock());
            return (Tensors.ToArray(terms.Reconstruction), [.. model.parameters().SelectMany(each => Tensors.ToArray(each.grad!))]);
        }
    }

    [Theory]
    [InlineData("bernoulli")]
    [InlineData("continuous-bernoulli")]
    [InlineData("categorical")]
    [InlineData("discretized-logistic")]
    public void Real_numbers_are_refused_by_a_likelihood_of_another_support(string likelihood)
    {
        var rows = Rows(10, 0);
        using var model = Vae.Create(rows, o => o with { Likelihood = likelihood, LatentSize = 2, Network = new() { Hidden = [4] } });

        var error = Assert.Throws<ArgumentException>("train", () => new Trainer(model, new() { Epochs = 1 }).Fit(rows));

        Assert.Contains("for values from 0 to 1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_needs_a_picture_says_so_in_one_sentence()
    {
        var rows = Rows(1, 0);
        Refused("convolutions", () => Vae.Create(rows, o => o with { Network = new() { Kind = "conv" } }));
        Refused("region", () => Vae.Create(rows, o => o with { Condition = new RegionCondition("top-half") }));
        Refused("pseudo-inputs", () => Vae.Create(rows, o => o with { Prior = "vamp" }));
        Refused("grid", () => ImageGrid.ToPng(rows.ToValues()));
        Refused("classifier", () => LabelClassifier.LoadOrTrain("none", rows, 2));
        Refused("bytes", () => rows.ToValues().ToBytes(0));

        static void Refused(string reason, Func<object> use) =>
            Assert.Contains(reason, Assert.Throws<SettingsException>(use).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_default_likelihood_follows_from_the_values_and_stays_what_it_is_for_MNIST()
    {
        var random = new Random(1);
        Assert.Equal("bernoulli", LikelihoodChoice.For(Mnist.LoadTest()).Likelihood);
        Assert.Equal("gaussian-learned", LikelihoodChoice.For(Grey(_ => (byte)random.Next(256))).Likelihood);
        Assert.Equal("bernoulli", LikelihoodChoice.For(Grey(i => (byte)(i % 3 == 0 ? 255 : 0))).Likelihood);
        var choice = LikelihoodChoice.For(Rows(1, 0));
        Assert.Equal(("gaussian-learned", true), (choice.Likelihood, choice.Standardize));
        Assert.Equal(("bernoulli", false), (LikelihoodChoice.For(RowDataset.FromRows([[0, 1]])).Likelihood, false));

        static ImageDataset Grey(Func<int, byte> pixel) =>
            new(new ImageShape(1, 8, 8), Enumerable.Range(0, 640).Select(pixel).ToArray());
    }

    private static RowDataset Rows(double scale, double offset)
    {
        var random = new Random(5);
        return RowDataset.FromRows(Enumerable.Range(0, 60).Select(_ =>
        {
            var shared = random.NextDouble();
            return Enumerable.Range(0, 3).Select(_ => offset + scale * (shared + random.NextDouble())).ToArray();
        }));
    }
}
