using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Elbo.Cli.Tests;

/// <summary>What <c>elbo evaluate</c> prints, and that the other verbs see the same images.</summary>
[Collection(SharedWorkplace.Name)]
public class EvaluateTests(Workplace workplace)
{
    private const int Pixels = Workplace.Side * Workplace.Side;

    [Theory]
    [InlineData("cvae")]
    [InlineData("vae")]
    public void Evaluate_comes_to_the_figures_of_the_trainings_last_line_and_counts_the_look(string name)
    {
        var run = workplace.CopyOf(name);
        var looks = Workplace.TestReads(run);
        var figures = JsonDocument.Parse(workplace.Run("evaluate", run, "--no-label-report", "--json").AssertDone().Output).RootElement;
        var lines = File.ReadAllLines(Path.Combine(run, "metrics.csv"));
        var columns = lines[0].Split(',').Zip(lines[^1].Split(',')).ToDictionary(pair => pair.First, pair => pair.Second);
        Assert.Equal("test", columns["split"]);
        Assert.Equal("test", figures.GetProperty("split").GetString());
        Assert.Equal(Workplace.TestImages, figures.GetProperty("examples").GetInt32());
        Assert.Equal(columns["negative_elbo"], Text("negativeElbo"));
        Assert.Equal(columns["reconstruction"], Text("reconstruction"));
        Assert.Equal(columns["kl"], Text("kl"));
        Assert.Equal(columns["active_units"], Text("activeUnits"));
        Assert.Equal(3, figures.GetProperty("klPerDimension").GetArrayLength());
        Assert.True(figures.GetProperty("negativeElboStandardError").GetDouble() > 0);
        Assert.Equal(looks + 1, Workplace.TestReads(run));

        string Text(string property) => figures.GetProperty(property).GetRawText();
    }

    [Fact]
    public void Bits_per_dimension_are_of_the_hidden_values_alone_and_of_the_bound_that_is_printed()
    {
        var run = workplace.New();
        string[] flags = ["--epochs", "1", "--likelihood", "discretized-logistic", "--out", run];
        workplace.Run(["train", "cvae-quadrant-3", .. Workplace.Small, .. flags]).AssertDone();
        foreach (var more in new string[][] { [], ["--importance-samples", "3"] })
        {
            var figures = JsonDocument.Parse(workplace.Run(["evaluate", run, "--json", .. more]).AssertDone().Output).RootElement;
            Assert.Equal(
                figures.GetProperty("negativeElbo").GetDouble() / (Pixels / 4) * Math.Log2(Math.E), figures.GetProperty("bitsPerDimension").GetDouble(), 1e-9);
        }
    }

    [Theory]
    [InlineData("static")]
    [InlineData("dynamic")]
    public void The_mean_of_the_scores_is_the_figure_of_the_split(string binarization)
    {
        var (run, scores) = (workplace.New(), workplace.New(".csv"));
        workplace.Run(["train", "vae", .. Workplace.Small, "--epochs", "1", "--samples", "3", "--binarize", binarization, "--out", run]).AssertDone();
        workplace.Run("score", run, "--out", scores).AssertDone();
        var figures = JsonDocument.Parse(workplace.Run("evaluate", run, "--json").AssertDone().Output).RootElement;

        var mean = File.ReadLines(scores).Skip(1).Average(line => double.Parse(line.Split(',')[2], CultureInfo.InvariantCulture));
        Assert.Equal(figures.GetProperty("negativeElbo").GetDouble(), mean, 1e-4);
    }

    [Fact]
    public void A_network_without_a_code_is_told_as_the_likelihood_with_its_error_and_without_variety()
    {
        var run = workplace.New();
        string[] flags = ["--posterior", "none", "--objective", "reconstruction", "--epochs", "1", "--out", run];
        workplace.Run(["train", "cvae-quadrant-1", .. Workplace.Small, .. flags]).AssertDone();

        var figures = JsonDocument.Parse(workplace.Run("evaluate", run, "--json").AssertDone().Output).RootElement;
        Assert.True(figures.GetProperty("reconstructionStandardError").GetDouble() > 0);
        Assert.Equal(0, figures.GetProperty("sampleVariety").GetDouble(), 1e-3);
        Assert.Matches(@"-log p\(x\|c\) +\d+\.\d+ nats \(standard error \d", workplace.Run("evaluate", run).AssertDone().Output);
        var conditional = JsonDocument.Parse(workplace.Run("evaluate", "cvae", "--split", "validation", "--json").AssertDone().Output).RootElement;
        Assert.True(conditional.GetProperty("sampleVariety").GetDouble() > 0.01);
        Assert.Equal(Workplace.Labels, conditional.GetProperty("sampleVarietyConditions").GetInt32());
    }

    [Fact]
    public void Codes_and_reconstructions_are_of_the_pixels_that_the_model_was_trained_on()
    {
        var (run, codes, again) = (workplace.New(), workplace.New(".npy"), workplace.New(".npy"));
        workplace.Run(["train", "vae", .. Workplace.Small, "--epochs", "1", "--binarize", "dynamic", "--out", run]).AssertDone();
        workplace.Run("encode", run, "--out", codes).AssertDone();
        workplace.Run("encode", run, "--out", again).AssertDone();
        using var loaded = Run.Load(run);
        var data = DatasetCatalog.Load(Path.Combine(workplace.Folder, "data")).Test;

        float[] Values(LatentCodes all) => [.. Enumerable.Range(0, all.Count).SelectMany(index => all[index].ToArray())];
        Assert.Equal(File.ReadAllBytes(codes), File.ReadAllBytes(again));
        Assert.NotEqual(Values(loaded.Model.Encode(data)), Values(loaded.Model.Encode(data, Binarization.Dynamic)));
        Assert.NotEqual(loaded.Model.Reconstruct(data).Values.ToArray(), loaded.Model.Reconstruct(data, Binarization.Dynamic).Values.ToArray());
        Assert.EndsWith(
            Convert.ToHexString(System.Runtime.InteropServices.MemoryMarshal.AsBytes<float>(Values(loaded.Model.Encode(data, Binarization.Dynamic)))),
            Convert.ToHexString(File.ReadAllBytes(codes)),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_of_256_levels_is_told_in_bits_per_dimension_and_no_other()
    {
        var run = workplace.New();
        string[] flags = ["--epochs", "1", "--likelihood", "discretized-logistic", "--network", "conv", "--out", run];
        var training = workplace.Run(["train", "cvae", .. Workplace.Small, .. flags]).AssertDone();
        var evaluation = workplace.Run("evaluate", run, "--samples-per-label", "5", "--json").AssertDone();
        var figures = JsonDocument.Parse(evaluation.Output).RootElement;
        var text = workplace.Run("evaluate", run, "--no-label-report").AssertDone().Output;
        var bits = figures.GetProperty("bitsPerDimension").GetDouble();

        Assert.Equal(figures.GetProperty("negativeElbo").GetDouble() / Pixels * Math.Log2(Math.E), bits, 1e-9);
        var rounded = bits.ToString("0.000", CultureInfo.InvariantCulture);
        Assert.Contains($"{rounded} bits per dimension", training.Output, StringComparison.Ordinal);
        Assert.Matches($@"bits per dimension +{Regex.Escape(rounded)}\n", text);
        var coins = workplace.Run("evaluate", "vae", "--split", "validation", "--json").AssertDone().Output;
        Assert.Equal(JsonValueKind.Null, JsonDocument.Parse(coins).RootElement.GetProperty("bitsPerDimension").ValueKind);
        var coinsAsText = workplace.Run("evaluate", "vae", "--split", "validation").AssertDone();
        Assert.DoesNotContain("bits", coinsAsText.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Evaluate_tells_how_a_conditional_model_keeps_to_its_labels()
    {
        var run = workplace.CopyOf("cvae");
        var result = workplace.Run("evaluate", run, "--samples-per-label", "20", "--json").AssertDone();
        var figures = JsonDocument.Parse(result.Output).RootElement;
        Assert.InRange(figures.GetProperty("labelAccuracy").GetDouble(), 0, 1);
        Assert.InRange(figures.GetProperty("classifierTestAccuracy").GetDouble(), 0, 1);
        Assert.True(figures.GetProperty("withinLabelDistance").GetDouble() > 0);
        Assert.True(figures.GetProperty("withinLabelDistanceOfData").GetDouble() > 0);
    }

    [Fact]
    public void Evaluate_takes_the_splits_that_the_training_made()
    {
        foreach (var (split, examples) in new[] { ("validation", 40), ("train", 200) })
        {
            var figures = JsonDocument.Parse(workplace.Run("evaluate", "vae", "--split", split, "--json").AssertDone().Output).RootElement;
            Assert.Equal(examples, figures.GetProperty("examples").GetInt32());
        }
    }
}
