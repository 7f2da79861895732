using System.Globalization;
using Elbo.Tests;

namespace Elbo.Cli.Tests;

/// <summary>Data that is no images: trained, evaluated, scored, encoded and sampled, and refused by what draws pictures.</summary>
[Collection(AloneInProcess.Name)]
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
        var values = RowDataset.FromNpy(_folder["samples.npy"]).ToValues().Values.ToArray();
        Assert.Equal(500 * 3, values.Length);
        // In the units of the data, and not clamped to those of pixels: the first column is around 1,000.
        Assert.InRange(Enumerable.Range(0, 500).Average(row => values[3 * row]), 900, 1100);

        Run("sample", "run", "--count", "500", "--out", "samples.csv").AssertDone();
        var sampled = RowDataset.FromCsv(_folder["samples.csv"]);
        Assert.Equal((500, "a,b,c"), (sampled.Count, string.Join(',', sampled.ValueNames!)));
        // The CSV file holds the same numbers as the NumPy file of the same seed.
        Assert.Equal(values, sampled.ToValues().Values.ToArray());

        Run("sample", "run", "--format", "png", "--out", "samples.png").AssertFails(2, "vectors of 3", "csv or npy");
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
            [
                "train", "cvae", "--condition", "attributes", "--likelihood", "gaussian-learned", "--data", "table",
                .. Small, "--out", "run",
            ]);

        Assert.DoesNotContain("Likelihood", trained.AssertDone().Errors, StringComparison.Ordinal);
        Run("evaluate", "run").AssertDone();
        Run("sample", "run", "--attribute", "0.3", "--count", "4", "--out", "samples.npy").AssertDone();
        var samples = RowDataset.FromNpy(_folder["samples.npy"]);
        Assert.Equal((4, ValueShape.Vector(2)), (samples.Count, samples.Shape));
    }

    [Fact]
    public void Samples_of_a_table_with_labels_have_a_column_of_labels_and_can_be_scored()
    {
        WriteCsv("train", 100, ["no", "yes"]);
        WriteCsv("test", 30, ["no", "yes"]);
        Run(["train", "cvae", "--data", "table", .. Small, "--out", "run"]).AssertDone();
        Directory.CreateDirectory(_folder["drawn"]);

        Run("sample", "run", "--count", "3", "--draw", "--out", "drawn/train.csv").AssertDone();

        var sampled = RowDataset.FromCsv(_folder["drawn", "train.csv"], labelColumn: "label");
        Assert.Equal([0, 0, 0, 1, 1, 1], sampled.Labels.ToArray());
        Assert.Equal(["a", "b", "c"], sampled.ValueNames!);
        File.Copy(_folder["drawn", "train.csv"], _folder["drawn", "test.csv"]);
        Run("score", "run", "--data", "drawn", "--out", "scores.csv").AssertDone();
        Assert.Equal(7, File.ReadAllLines(_folder["scores.csv"]).Length);
    }

    [Fact]
    public void What_is_wrong_with_a_table_is_one_sentence_with_file_line_and_column_and_leaves_nothing()
    {
        File.WriteAllText(_folder["table", "train.csv"], "a,b\n1,2\n3,NaN\n");
        File.WriteAllText(_folder["table", "test.csv"], "a,b\n1,2\n");

        Run("train", "vae", "--data", "table", "--out", "run").AssertFails(3, "train.csv", "line 3", "column b");
        Assert.False(Directory.Exists(_folder["run"]));
        Run("train", "vae", "--data", "table/train.csv", "--out", "run").AssertFails(3, "is a file", "give that folder");
        Run("data", "import", "table/train.csv", "--out", "imported").AssertFails(3, "needs no import");
        Assert.False(Directory.Exists(_folder["imported"]));
    }

    private void WriteCsv(string split, int count, params string[] labels) => File.WriteAllLines(
        _folder["table", split + ".csv"],
        [
            labels.Length == 0 ? "a,b,c" : "a,b,c,label",
            .. Enumerable.Range(0, count).Select(i => string.Create(
                CultureInfo.InvariantCulture,
                $"{1000 + (10 * Math.Sin(i))},{Math.Cos(i)},{i % 7}{(labels.Length == 0 ? "" : "," + labels[i % labels.Length])}")),
        ]);

    private ElboResult Run(params string[] arguments) => ElboInProcess.Run(_folder.Path, arguments);
}
