using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Elbo.Cli.Tests;

/// <summary>The output of <c>elbo evaluate</c>, and that the other commands use the same images.</summary>
[Collection(AloneInProcess.Name)]
public class EvaluateTests(WorkspaceInProcess workspace)
{
    private const int Pixels = TestWorkspace.Side * TestWorkspace.Side;

    [Theory]
    [InlineData("cvae")]
    [InlineData("vae")]
    public void Evaluate_reproduces_the_final_metrics_of_the_training_and_counts_the_test_read(string name)
    {
        var run = workspace.CopyOf(name);
        var reads = TestWorkspace.TestReads(run);
        var metrics = JsonDocument.Parse(workspace.Run("evaluate", run, "--no-label-report", "--json").AssertDone().Output).RootElement;
        var lines = File.ReadAllLines(Path.Combine(run, "metrics.csv"));
        var columns = lines[0].Split(',').Zip(lines[^1].Split(',')).ToDictionary(pair => pair.First, pair => pair.Second);
        Assert.Equal("test", columns["split"]);
        Assert.Equal("test", metrics.GetProperty("split").GetString());
        Assert.Equal(TestWorkspace.TestImages, metrics.GetProperty("examples").GetInt32());
        Assert.Equal(columns["negative_elbo"], Text("negativeElbo"));
        Assert.Equal(columns["reconstruction"], Text("reconstruction"));
        Assert.Equal(columns["kl"], Text("kl"));
        Assert.Equal(columns["active_units"], Text("activeUnits"));
        Assert.Equal(3, metrics.GetProperty("klPerDimension").GetArrayLength());
        Assert.True(metrics.GetProperty("negativeElboStandardError").GetDouble() > 0);
        Assert.Equal(reads + 1, TestWorkspace.TestReads(run));

        string Text(string property) => metrics.GetProperty(property).GetRawText();
    }

    [Fact]
    public void Bits_per_dimension_cover_only_the_hidden_values_and_match_the_printed_bound()
    {
        var run = workspace.New();
        string[] flags = ["--epochs", "1", "--likelihood", "discretized-logistic", "--out", run];
        workspace.Run(["train", "cvae-quadrant-3", .. TestWorkspace.Small, .. flags]).AssertDone();
        foreach (var more in new string[][] { [], ["--importance-samples", "3"] })
        {
            var metrics = JsonDocument.Parse(workspace.Run(["evaluate", run, "--json", .. more]).AssertDone().Output).RootElement;
            Assert.Equal(
                metrics.GetProperty("negativeElbo").GetDouble() / (Pixels / 4) * Math.Log2(Math.E),
                metrics.GetProperty("bitsPerDimension").GetDouble(),
                1e-9);
        }
    }

    [Theory]
    [InlineData("static")]
    [InlineData("dynamic")]
    public void The_mean_of_the_scores_is_the_negative_ELBO_of_the_split(string binarization)
    {
        var (run, scores) = (workspace.New(), workspace.New(".csv"));
        workspace.Run(
            ["train", "vae", .. TestWorkspace.Small, "--epochs", "1", "--samples", "3", "--binarize", binarization, "--out", run])
            .AssertDone();
        workspace.Run("score", run, "--out", scores).AssertDone();
        var metrics = JsonDocument.Parse(workspace.Run("evaluate", run, "--json").AssertDone().Output).RootElement;

        var mean = File.ReadLines(scores).Skip(1).Average(line => double.Parse(line.Split(',')[3], CultureInfo.InvariantCulture));
        Assert.Equal(metrics.GetProperty("negativeElbo").GetDouble(), mean, 1e-4);
    }

    [Fact]
    public void A_model_without_latent_variables_reports_its_likelihood_with_standard_error_and_no_diversity()
    {
        var run = workspace.New();
        string[] flags = ["--posterior", "none", "--objective", "reconstruction", "--epochs", "1", "--out", run];
        workspace.Run(["train", "cvae-quadrant-1", .. TestWorkspace.Small, .. flags]).AssertDone();

        var metrics = JsonDocument.Parse(workspace.Run("evaluate", run, "--json").AssertDone().Output).RootElement;
        Assert.True(metrics.GetProperty("reconstructionStandardError").GetDouble() > 0);
        Assert.Equal(0, metrics.GetProperty("sampleVariety").GetDouble(), 1e-3);
        Assert.Matches(@"-log p\(x\|c\) +\d+\.\d+ nats \(standard error \d", workspace.Run("evaluate", run).AssertDone().Output);
        var conditional = JsonDocument.Parse(
            workspace.Run("evaluate", "cvae", "--split", "validation", "--json").AssertDone().Output).RootElement;
        Assert.True(conditional.GetProperty("sampleVariety").GetDouble() > 0.01);
        Assert.Equal(TestWorkspace.Labels, conditional.GetProperty("sampleVarietyConditions").GetInt32());
    }

    [Fact]
    public void Codes_and_reconstructions_use_the_binarization_of_the_training()
    {
        var (run, codes, again) = (workspace.New(), workspace.New(".npy"), workspace.New(".npy"));
        workspace.Run(["train", "vae", .. TestWorkspace.Small, "--epochs", "1", "--binarize", "dynamic", "--out", run]).AssertDone();
        workspace.Run("encode", run, "--out", codes).AssertDone();
        workspace.Run("encode", run, "--out", again).AssertDone();
        using var loaded = Run.Load(run);
        var data = Datasets.Load(Path.Combine(workspace.Folder, "data")).Test;

        float[] Values(LatentCodes all) => [.. Enumerable.Range(0, all.Count).SelectMany(index => all[index].ToArray())];
        Assert.Equal(File.ReadAllBytes(codes), File.ReadAllBytes(again));
        Assert.NotEqual(Values(loaded.Model.Encode(data, Binarization.None)), Values(loaded.Model.Encode(data)));
        Assert.NotEqual(
            loaded.Model.Reconstruct(data, Binarization.None).Values.ToArray(), loaded.Model.Reconstruct(data).Values.ToArray());
        var expected = Values(loaded.Model.Encode(data, Binarization.Dynamic));
        Assert.EndsWith(
            Convert.ToHexString(System.Runtime.InteropServices.MemoryMarshal.AsBytes<float>(expected)),
            Convert.ToHexString(File.ReadAllBytes(codes)),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Only_a_likelihood_over_256_levels_is_reported_in_bits_per_dimension()
    {
        var run = workspace.New();
        string[] flags = ["--epochs", "1", "--likelihood", "discretized-logistic", "--network", "conv", "--out", run];
        var training = workspace.Run(["train", "cvae", .. TestWorkspace.Small, .. flags]).AssertDone();
        var evaluation = workspace.Run("evaluate", run, "--samples-per-label", "5", "--json").AssertDone();
        var metrics = JsonDocument.Parse(evaluation.Output).RootElement;
        var text = workspace.Run("evaluate", run, "--no-label-report").AssertDone().Output;
        var bits = metrics.GetProperty("bitsPerDimension").GetDouble();

        Assert.Equal(metrics.GetProperty("negativeElbo").GetDouble() / Pixels * Math.Log2(Math.E), bits, 1e-9);
        var rounded = bits.ToString("0.000", CultureInfo.InvariantCulture);
        Assert.Contains($"{rounded} bits per dimension", training.Output, StringComparison.Ordinal);
        Assert.Matches($@"bits per dimension +{Regex.Escape(rounded)}\n", text);
        var bernoulli = workspace.Run("evaluate", "vae", "--split", "validation", "--json").AssertDone().Output;
        Assert.Equal(JsonValueKind.Null, JsonDocument.Parse(bernoulli).RootElement.GetProperty("bitsPerDimension").ValueKind);
        var bernoulliText = workspace.Run("evaluate", "vae", "--split", "validation").AssertDone();
        Assert.DoesNotContain("bits", bernoulliText.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Evaluate_reports_the_label_accuracy_of_a_conditional_model()
    {
        var run = workspace.CopyOf("cvae");
        var result = workspace.Run("evaluate", run, "--samples-per-label", "20", "--json").AssertDone();
        var metrics = JsonDocument.Parse(result.Output).RootElement;
        Assert.InRange(metrics.GetProperty("labelAccuracy").GetDouble(), 0, 1);
        Assert.InRange(metrics.GetProperty("classifierTestAccuracy").GetDouble(), 0, 1);
        Assert.True(metrics.GetProperty("withinLabelDistance").GetDouble() > 0);
        Assert.True(metrics.GetProperty("withinLabelDistanceOfData").GetDouble() > 0);
    }

    [Fact]
    public void Evaluate_uses_the_splits_of_the_training()
    {
        foreach (var (split, examples) in new[] { ("validation", 40), ("train", 200) })
        {
            var metrics = JsonDocument.Parse(workspace.Run("evaluate", "vae", "--split", split, "--json").AssertDone().Output).RootElement;
            Assert.Equal(examples, metrics.GetProperty("examples").GetInt32());
        }
    }
}
