namespace Elbo.Tests;

/// <summary>
/// Runs that Elbo 0.1.0 has made (Runs-0.1.0): they load, encode as they did, sample and estimate, and cannot be resumed exactly.
/// </summary>
public class FormerRunTests
{
    private static readonly string Runs = Path.Combine(RepositoryRoot.Path, "tests", "Elbo.Tests", "Training", "Runs-0.1.0");

    private static readonly Dataset Data = Datasets.Load(Path.Combine(Runs, "data"));

    [Theory]
    [InlineData("label")]
    [InlineData("region")]
    public void A_run_of_an_earlier_version_is_used_as_it_was(string name)
    {
        using var run = Run.Load(Path.Combine(Runs, name));

        var codes = NpyFile.Read(Path.Combine(Runs, name, "codes.npy")).ToFloats();
        var actual = run.Model.Encode(Data.Test).Values.ToArray();
        Assert.Equal(codes.Length, actual.Length);
        Assert.All(codes.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 1e-5f));
        Assert.Equal(6, name == "label" ? run.Model.Sample(2).Count : run.Model.Sample(1, Data.Test.Subset([0, 1, 2, 3, 4, 5])).Count);
        var test = MetricsRow.Read(Path.Combine(Runs, name, "metrics.csv"))[^1];
        var scores = run.Model.Score(Data.Test, samples: 100);
        // The KL is in closed form; the reconstruction is a mean over other noise.
        Assert.Equal(test.Kl!.Value, scores.Average(score => score.Kl!.Value), 1e-4);
        Assert.Equal(test.Reconstruction, scores.Average(score => score.Reconstruction), 0.5);
        Assert.InRange(LikelihoodEvaluation.Estimate(run.Model, Data.Test, 10).ImportanceSampling.Nats, 10, 60);
    }

    [Theory]
    [InlineData("label")]
    [InlineData("region")]
    public void It_cannot_be_resumed_exactly_and_the_error_has_the_remedy(string name)
    {
        using var folder = new TemporaryFolder();
        Copy(Path.Combine(Runs, name), folder["run"]);
        using var run = Run.Load(folder["run"]);

        var refused = Assert.Throws<SettingsException>(() => run.Resume(Data, epochs: 6));

        Assert.Contains("StartFrom", refused.Message, StringComparison.Ordinal);
        using var model = LatentVariableModel.Create(run.Model.Options, seed: 5);
        InitialWeights.Load(folder["run"], model);
        Assert.Equal(run.Model.Encode(Data.Test).Values.ToArray(), model.Encode(Data.Test).Values.ToArray());
    }

    [Fact]
    public void A_damaged_configuration_of_the_earlier_schema_is_damaged_data()
    {
        var text = File.ReadAllText(Path.Combine(Runs, "label", "config.json"));

        Assert.Equal(2, RunConfiguration.Read(text, "here").Schema);
        Assert.Throws<InputException>(() => RunConfiguration.Read(text.Replace("\"epochs\": 3", "\"epochs\": \"three\""), "here"));
        Assert.Throws<InputException>(() => RunConfiguration.Read(text.Replace("\"latentSize\"", "\"latent\""), "here"));
        Assert.Throws<SettingsException>(() => RunConfiguration.Read(text.Replace("\"schema\": 1", "\"schema\": 3"), "here"));
    }

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(Path.Combine(to, "checkpoints"));
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
            File.Copy(file, Path.Combine(to, Path.GetRelativePath(from, file)));
    }
}
