using Elbo.Tests;

namespace Elbo.Cli.Tests;

/// <summary>Rows of outputs belong to the examples that they name, in the order of the data, for every split.</summary>
[Collection(AloneInProcess.Name)]
public sealed class RowOrderTests : IDisposable
{
    private const int Train = 60;
    private const int Validation = 20;

    private static readonly string[] Small =
        ["--epochs", "1", "--validation", $"{Validation}", "--hidden", "6", "--latent", "2", "--threads", "1"];

    private readonly TemporaryFolder _folder = new();

    // Rows of three kinds, so that a code tells which kind its row has; the label says the same.
    public RowOrderTests()
    {
        Directory.CreateDirectory(_folder["kinds"]);
        foreach (var (name, count) in new[] { ("train", Train), ("test", 12) })
        {
            File.WriteAllLines(
                Path.Combine(_folder["kinds"], $"{name}.csv"),
                ["a,b,label", .. Enumerable.Range(0, count).Select(i => $"{Kind(i) - 1},{1 - Kind(i) % 2},{Kind(i)}")]);
        }

        Run(["train", "vae", "--data", "kinds", "--out", "run", .. Small]).AssertDone();
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("train", Train - Validation)]
    [InlineData("validation", Validation)]
    [InlineData("test", 12)]
    public void Codes_and_scores_are_those_of_the_examples_that_their_rows_name(string split, int count)
    {
        Run("encode", "run", "--split", split, "--out", "z.npy").AssertDone();
        Run("score", "run", "--split", split, "--out", "scores.csv").AssertDone();

        var codes = RowDataset.FromNpy(_folder["z.npy"]);
        string[][] rows = [.. File.ReadAllLines(_folder["z.csv"]).Skip(1).Select(line => line.Split(','))];
        string[][] scores = [.. File.ReadAllLines(_folder["scores.csv"]).Skip(1).Select(line => line.Split(','))];
        int[] indices = [.. rows.Select(row => int.Parse(row[0]))];
        Assert.Equal((count, count), (codes.Count, rows.Length));
        Assert.Equal(indices.Order(), indices);
        Assert.Equal(count, indices.Distinct().Count());
        Assert.Equal(rows, scores.Select(row => row[..3]));
        Assert.All(rows, row => Assert.Equal((split, $"{Kind(int.Parse(row[0]))}"), (row[1], row[2])));
        var values = Enumerable.Range(0, count).GroupBy(row => Kind(indices[row]), row => (Code: Code(row), Score: scores[row][3]));
        // Rows of one kind are equal, and so are their codes to the last digits; those of another kind differ.
        Assert.All(values, kind => Assert.All(kind, row => Assert.Equal(kind.First().Code, row.Code, 1e-5)));
        Assert.Equal(3, values.Select(kind => Math.Round(kind.First().Code, 4)).Distinct().Count());

        double Code(int row) => codes.ToValues(row).Values.Span[0];
    }

    [Fact]
    public void An_example_is_named_by_its_index_in_the_data_and_refused_where_it_is_in_another_split()
    {
        Run("score", "run", "--split", "validation", "--out", "held.csv").AssertDone();
        int[] held = [.. File.ReadAllLines(_folder["held.csv"]).Skip(1).Select(line => int.Parse(line.Split(',')[0]))];
        var trained = Enumerable.Range(0, Train).Except(held).First();
        Run(["train", "cvae", "--condition", "label", "--data", "kinds", "--out", "labels", .. Small]).AssertDone();

        Run("sample", "labels", "--split", "validation", "--index", $"{held[3]}", "--out", "drawn.csv").AssertDone();

        Assert.EndsWith($",{Kind(held[3])}", File.ReadAllLines(_folder["drawn.csv"])[1], StringComparison.Ordinal);
        Run("sample", "labels", "--split", "validation", "--index", $"{trained}", "--out", "other.csv")
            .AssertFails(2, $"Example {trained} is not in this split");
        Run("sample", "labels", "--index", "99", "--out", "other.csv").AssertFails(2, "Example 99 does not exist");
    }

    [Fact]
    public void Rows_of_an_imported_folder_name_the_file_that_each_picture_was()
    {
        Directory.CreateDirectory(_folder["pictures", "a,b"]);
        for (var i = 1; i <= 12; i++)
            new ExampleValues(new ImageShape(1, 2, 2), [i / 12f, 0, 0, 0]).SavePng(_folder["pictures", "a,b", $"img_{i}.png"]);
        Run("data", "import", "pictures", "--out", "data").AssertDone();
        Run("train", "vae", "--data", "data", "--out", "named", "--epochs", "1", "--validation", "2", "--hidden", "4", "--threads", "1")
            .AssertDone();

        var files = new List<string>();
        foreach (var split in new[] { "train", "validation", "test" })
        {
            Run("encode", "named", "--split", split, "--out", $"{split}-z.npy").AssertDone();
            Run("score", "named", "--split", split, "--out", $"{split}.csv").AssertDone();
            string[] rows = [.. File.ReadAllLines(_folder[$"{split}-z.csv"]).Skip(1)];
            Assert.Equal("index,split,label,label_name,file", File.ReadAllLines(_folder[$"{split}-z.csv"])[0]);
            var scores = File.ReadAllLines(_folder[$"{split}.csv"]);
            Assert.Equal("index,split,label,label_name,file,negative_elbo,reconstruction,kl", scores[0]);
            Assert.Equal(rows, scores.Skip(1).Select(line => line[..(line.LastIndexOf("png\"") + 4)]));
            files.AddRange(rows.Select(row => row.Split('"')[3]));
            // The brightness of the example that has the row's index says which file it was.
            var data = Dataset.FromFolder(_folder["data"]);
            var examples = split == "test" ? data.Test : data.Train;
            Assert.All(rows, row => Assert.Equal(
                $"a,b/img_{Math.Round(examples.ToValues(int.Parse(row.Split(',')[0])).Values.Span[0] * 12)}.png", row.Split('"')[3]));
        }

        Assert.Equal(12, files.Distinct().Count());
    }

    private static int Kind(int index) => index * 7 % 3;

    private ElboResult Run(params string[] arguments) => ElboInProcess.Run(_folder.Path, arguments);
}
