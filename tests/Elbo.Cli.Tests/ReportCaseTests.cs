using System.Text.Json;
using Elbo.Tests;

namespace Elbo.Cli.Tests;

/// <summary>What a report says, and does not say, where data or training give little reason to.</summary>
[Collection(AloneInProcess.Name)]
public sealed class ReportCaseTests : IDisposable
{
    private static readonly string[] Small = Options();

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_single_example_has_no_standard_error()
    {
        WriteTable(test: 1);
        var trained = Run(["train", "vae", "--data", "data", "--epochs", "1", "--out", "run", .. Small]).AssertDone();
        var text = Run("evaluate", "run", "--importance-samples", "20").AssertDone();
        var metrics = JsonDocument.Parse(Run("evaluate", "run", "--importance-samples", "20", "--json").AssertDone().Output).RootElement;

        Assert.DoesNotContain("standard error", trained.Output + text.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", trained.Output + text.Output, StringComparison.Ordinal);
        foreach (var name in new[] { "negativeElbo", "importanceSampledNll", "priorMonteCarloNll", "totalCorrelation", "dimensionWiseKl" })
        {
            Assert.Equal(JsonValueKind.Number, metrics.GetProperty(name).ValueKind);
            Assert.Equal(JsonValueKind.Null, metrics.GetProperty($"{name}StandardError").ValueKind);
        }

        Assert.True(metrics.GetProperty("importanceSampledNllMonteCarloStandardError").GetDouble() > 0);
    }

    [Fact]
    public void The_active_units_of_an_epoch_are_said_to_be_those_of_the_validation()
    {
        WriteTable(test: 9);
        var held = Run(["train", "vae", "--data", "data", "--epochs", "1", "--out", "held", .. Small]).AssertDone();
        var none = Run(["train", "vae", "--data", "data", "--epochs", "1", "--out", "none", .. Options(validation: 0)]).AssertDone();

        Assert.Matches(@"epoch 1/1 .* \d active in validation  ", held.Errors);
        Assert.Matches(@"epoch 1/1 .* \d active  ", none.Errors);
    }

    [Fact]
    public void A_cosine_schedule_is_not_stretched_by_more_epochs()
    {
        WriteTable(test: 9);
        string[] schedule = ["--learning-rate-schedule", "cosine"];
        Run(["train", "vae", "--data", "data", "--epochs", "4", .. schedule, "--out", "run", .. Small]).AssertDone();
        var before = File.ReadAllText(_folder["run", "metrics.csv"]);

        Run("resume", "run", "--epochs", "8").AssertFails(2, "'cosine'", "end of epoch 4", "--start-from");

        Assert.Equal(before, File.ReadAllText(_folder["run", "metrics.csv"]));
        Assert.Contains("\"epochs\": 4", File.ReadAllText(_folder["run", "config.json"]), StringComparison.Ordinal);
    }

    [Fact]
    public void A_training_that_diverges_does_not_end_as_if_all_were_well()
    {
        WriteTable(test: 9);
        string[] arguments = ["train", "vae", "--data", "data", "--likelihood", "gaussian", "--epochs", "2", "--out", "run", .. Small];
        var failed = Run([.. arguments, "--learning-rate", "1000"]).AssertFails(5, "has diverged", "lower learning rate");

        var record = JsonDocument.Parse(File.ReadAllText(_folder["run", "run.json"])).RootElement;
        Assert.Equal("failed", record.GetProperty("state").GetString());
        Assert.Contains("has diverged", record.GetProperty("failure").GetString(), StringComparison.Ordinal);
        Assert.True(File.Exists(_folder["run", "checkpoints", "best.safetensors"]), failed.Errors);
        Run("resume", "run").AssertFails(5, "has diverged");
    }

    [Fact]
    public void A_judge_that_is_often_wrong_or_saw_few_images_of_a_label_is_named_beside_the_label_accuracy()
    {
        // Noise: nothing in an image tells its label, of which one is rare.
        var random = new Random(3);
        Directory.CreateDirectory(_folder["noise"]);
        foreach (var (prefix, count) in new[] { ("train", 202), ("t10k", 40) })
        {
            byte[] labels = [.. Enumerable.Range(0, count).Select(i => (byte)(i % 101 == 1 ? 1 : 0))];
            var pixels = new byte[count * 64];
            random.NextBytes(pixels);
            var path = Path.Combine(_folder["noise"], prefix);
            File.WriteAllBytes($"{path}-images-idx3-ubyte", [0, 0, 8, 3, 0, 0, 0, (byte)count, 0, 0, 0, 8, 0, 0, 0, 8, .. pixels]);
            File.WriteAllBytes($"{path}-labels-idx1-ubyte", [0, 0, 8, 1, 0, 0, 0, (byte)count, .. labels]);
        }

        Run(["train", "cvae", "--data", "noise", "--epochs", "1", "--out", "run", .. Options(validation: 0)]).AssertDone();
        var text = Run("evaluate", "run", "--samples-per-label", "10").AssertDone().Output;
        var json = Run("evaluate", "run", "--samples-per-label", "10", "--json").AssertDone().Output;

        Assert.Contains("not reliable: the classifier itself reads only", text, StringComparison.Ordinal);
        Assert.Contains("up to 100 times as many images of one label", text, StringComparison.Ordinal);
        var metrics = JsonDocument.Parse(json).RootElement;
        Assert.False(metrics.GetProperty("labelAccuracyIsReliable").GetBoolean());
        Assert.Equal(100, metrics.GetProperty("classifierImbalance").GetDouble());
        Assert.InRange(metrics.GetProperty("classifierBalancedAccuracy").GetDouble(), 0, 0.89);
    }

    [Fact]
    public void With_200_latent_dimensions_a_report_stays_readable_and_JSON_complete()
    {
        WriteTable(test: 9);
        Run(["train", "vae", "--data", "data", "--epochs", "1", "--out", "run", .. Options(latent: 200)]).AssertDone();

        var text = Run("evaluate", "run").AssertDone().Output;
        var metrics = JsonDocument.Parse(Run("evaluate", "run", "--json").AssertDone().Output).RootElement;

        Assert.All(text.Split('\n'), line => Assert.True(line.Length < 240, line));
        Assert.Contains("the 16 of 200 dimensions with the largest KL", text, StringComparison.Ordinal);
        var kl = metrics.GetProperty("klPerDimension").EnumerateArray().Select(each => each.GetDouble()).ToArray();
        Assert.Equal(200, kl.Length);
        Assert.Equal(200, metrics.GetProperty("aggregatePosteriorMean").GetArrayLength());
        Assert.Matches($"KL per dimension +z{Array.IndexOf(kl, kl.Max()) + 1} ", text);
    }

    [Theory]
    [InlineData(3, 200)]
    [InlineData(1, 200)]
    [InlineData(1, 300)]
    [InlineData(200, 3)]
    public void Elongated_images_are_trained_on_resumed_and_drawn(int height, int width)
    {
        WriteImages(height, width);
        var trained = Run(["train", "cvae", "--data", "images", "--epochs", "1", "--out", "run", .. Small]).AssertDone();
        Assert.DoesNotContain("Warning: The page", trained.Errors, StringComparison.Ordinal);
        Run("resume", "run", "--epochs", "2").AssertDone();
        Assert.True(File.Exists(_folder["run", "samples", "epoch-002.png"]));
        Run("sample", "run", "--out", "samples.png").AssertDone();
        Run("sample", "run", "--label", "1", "--out", "ones.png").AssertDone();
        Run("reconstruct", "run", "--count", "10", "--out", "pairs.png").AssertDone();
        Run("interpolate", "run", "--from-label", "0", "--to-label", "1", "--out", "between.png").AssertDone();
        Run("traverse", "run", "--out", "traversal.png").AssertDone();
    }

    [Fact]
    public void A_page_that_cannot_be_drawn_is_a_warning_of_the_run_and_not_its_end()
    {
        WriteImages(1, 4000);
        var trained = Run(["train", "vae", "--data", "images", "--epochs", "2", "--out", "run", .. Small]).AssertDone();

        Assert.Single(trained.Errors.Split('\n'), line => line.Contains("Warning: The page of samples", StringComparison.Ordinal));
        var record = JsonDocument.Parse(File.ReadAllText(_folder["run", "run.json"])).RootElement;
        Assert.Equal("finished", record.GetProperty("state").GetString());
        var warning = Assert.Single(record.GetProperty("warnings").EnumerateArray()).GetString();
        Assert.Contains("too large to draw", warning, StringComparison.Ordinal);
        Assert.Contains("too large to draw", Run("runs", "show", "run").AssertDone().Output, StringComparison.Ordinal);
        Run("resume", "run", "--epochs", "3").AssertDone();
    }

    private static string[] Options(int validation = 8, int latent = 2) =>
        ["--validation", $"{validation}", "--latent", $"{latent}", "--hidden", "6", "--batch-size", "20", "--threads", "1"];

    private void WriteTable(int test)
    {
        Directory.CreateDirectory(_folder["data"]);
        foreach (var (split, count) in new[] { ("train", 60), ("test", test) })
        {
            File.WriteAllLines(
                Path.Combine(_folder["data"], $"{split}.csv"),
                ["a,b,c", .. Enumerable.Range(0, count).Select(i => FormattableString.Invariant($"{Math.Sin(i)},{i % 7},{i % 3 * 0.5}"))]);
        }
    }

    private void WriteImages(int height, int width)
    {
        Directory.CreateDirectory(_folder["images"]);
        foreach (var (prefix, count) in new[] { ("train", 40), ("t10k", 12) })
        {
            var pixels = Enumerable.Range(0, count * height * width).Select(i => (byte)(i * 37 % 251)).ToArray();
            var path = Path.Combine(_folder["images"], prefix);
            byte[] header = [0, 0, 8, 3, 0, 0, 0, (byte)count, 0, 0, 0, (byte)height, 0, 0, (byte)(width >> 8), (byte)width];
            File.WriteAllBytes($"{path}-images-idx3-ubyte", [.. header, .. pixels]);
            byte[] labels = [.. Enumerable.Range(0, count).Select(i => (byte)(i % 2))];
            File.WriteAllBytes($"{path}-labels-idx1-ubyte", [0, 0, 8, 1, 0, 0, 0, (byte)count, .. labels]);
        }
    }

    private ElboResult Run(params string[] arguments) => ElboInProcess.Run(_folder.Path, arguments);
}
