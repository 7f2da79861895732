using System.Globalization;
using Elbo.Tests;

namespace Elbo.Cli.Tests;

/// <summary>Data that is no images: trained, evaluated, scored, encoded and sampled, and refused by what draws pictures.</summary>
public sealed class TableTests : IDisposable
{
    private static readonly string[] Small =
        ["--hidden", "8", "--latent", "2", "--batch-size", "20", "--validation", "20", "--threads", "1", "--epochs", "2"];

    private readonly TemporaryFolder _folder = new();

    public TableTests() => Directory.CreateDirectory(_folder["table"]);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_table_is_trained_on_evaluated_scored_encoded_and_sampled()
    {
        WriteCsv("train", 100);
        WriteCsv("test", 30);

        var trained = Run(["train", "vae", "--data", "table", .. Small, "--out", "run"]).AssertDone();

        Assert.Contains("Likelihood gaussian-learned: The values are real numbers", trained.Errors, StringComparison.Ordinal);
        Assert.Contains("30", Run("evaluate", "run").AssertDone().Output, StringComparison.Ordinal);
        Run("evaluate", "run", "--importance-samples", "3", "--json").AssertDone();
        Run("score", "run", "--out", "scores.csv").AssertDone();
        Assert.Equal(31, File.ReadAllLines(_folder["scores.csv"]).Length);
        Run("encode", "run", "--out", "codes.npy").AssertDone();
        Assert.Equal([30, 2], Npy.Read(_folder["codes.npy"]).Shape);
        Run("sample", "run", "--count", "500", "--format", "npy", "--out", "samples.npy").AssertDone();
        var (shape, values) = Npy.Read(_folder["samples.npy"]);
        Assert.Equal([500, 3], shape);
        // In the units of the data, and not clamped to those of pixels: the first column is around 1,000.
        Assert.InRange(Enumerable.Range(0, 500).Average(row => values[3 * row]), 900, 1100);

        Run("sample", "run", "--format", "png", "--out", "samples.png").AssertFails(2, "vectors of 3", "--format npy");
        foreach (var verb in new[] { "reconstruct", "traverse" })
            Run(verb, "run", "--out", "page.png").AssertFails(2, "needs images, but the values are vectors of 3");
        Run("interpolate", "run", "--from", "0", "--to", "1", "--out", "page.png").AssertFails(2, "needs images");
        Assert.Empty(Directory.GetFiles(_folder.Path, "*.png"));
        Run(["train", "vae", "--data", "table", "--network", "conv", .. Small, "--out", "conv"]).AssertFails(2, "vectors of 3");
    }

    [Fact]
    public void A_table_with_attributes_is_pairs()
    {
        foreach (var (split, count) in new[] { ("train", 100), ("test", 30) })
        {
            float[] x = [.. Enumerable.Range(0, count).Select(i => i % 10 / 10f)];
            NpyFile.Write(_folder["table", split + ".npy"], [count, 2], x.SelectMany(value => new[] { value, -value }).ToArray());
            NpyFile.Write(_folder["table", split + "-attributes.npy"], [count], x);
        }

        var trained = Run(
            ["train", "cvae", "--condition", "attributes", "--likelihood", "gaussian-learned", "--data", "table", .. Small, "--out", "run"]);

        Assert.DoesNotContain("Likelihood", trained.AssertDone().Errors, StringComparison.Ordinal);
        Run("evaluate", "run").AssertDone();
        Run("sample", "run", "--attribute", "0.3", "--count", "4", "--out", "samples.npy").AssertDone();
        Assert.Equal([4, 2], Npy.Read(_folder["samples.npy"]).Shape);
    }

    [Fact]
    public void A_row_of_another_width_is_named_with_file_and_line()
    {
        File.WriteAllText(_folder["table", "train.csv"], "a,b\n1,2\n3\n");
        File.WriteAllText(_folder["table", "test.csv"], "a,b\n1,2\n");

        Run("train", "vae", "--data", "table", "--out", "run").AssertFails(3, "train.csv", "line 3");
        Assert.False(Directory.Exists(_folder["run"]));
    }

    private void WriteCsv(string split, int count) => File.WriteAllLines(
        _folder["table", split + ".csv"],
        ["a,b,c", .. Enumerable.Range(0, count).Select(i => string.Create(
            CultureInfo.InvariantCulture, $"{1000 + (10 * Math.Sin(i))},{Math.Cos(i)},{i % 7}"))]);

    private ElboResult Run(params string[] arguments) => ElboProcess.Run(_folder.Path, arguments);
}
