using System.Text.Json;
using Elbo.Tests;

namespace Elbo.Cli.Tests;

/// <summary>Labels are known by their names: in the run, in other data that it is used with, and on the command line.</summary>
[Collection(AloneInProcess.Name)]
public sealed class LabelNameTests : IClassFixture<LabelNameTests.Trained>
{
    private static readonly string[] Names = ["blob", "column", "dot"];

    private readonly TemporaryFolder _folder;

    public LabelNameTests(Trained trained) => _folder = trained.Folder;

    [Fact]
    public void A_run_records_the_names_of_its_labels_and_takes_a_label_by_name_or_number()
    {
        var data = Json("run.json").GetProperty("dataset");
        Assert.Equal(Names, data.GetProperty("labelNames").EnumerateArray().Select(name => name.GetString()));

        foreach (var label in new[] { "column", "1", "2" })
            Run("sample", "run", "--label", label, "--count", "3", "--seed", "4", "--out", $"{label}.npy").AssertDone();
        Assert.Equal(File.ReadAllBytes(_folder["column.npy"]), File.ReadAllBytes(_folder["1.npy"]));
        Assert.NotEqual(File.ReadAllBytes(_folder["column.npy"]), File.ReadAllBytes(_folder["2.npy"]));
        Run("sample", "run", "--label", "cat", "--out", "cat.npy").AssertFails(2, "'cat' does not exist", "1 (column)");
        Run("sample", "run", "--label", "3", "--out", "three.npy").AssertFails(2, "Label 3 does not exist");
    }

    [Fact]
    public void Other_data_is_mapped_by_the_names_of_its_labels()
    {
        WriteTable("two", ["column", "dot"]);
        Run("score", "run", "--data", "two", "--out", "two.csv").AssertDone();

        var rows = File.ReadAllLines(_folder["two.csv"]);
        Assert.StartsWith("index,split,label,label_name,negative_elbo", rows[0], StringComparison.Ordinal);
        Assert.All(rows.Skip(1), row => Assert.True(row.Split(',')[2..4] is ["1", "column"] or ["2", "dot"]));
        // Examples with the label 'column' are equal in both, and so are their codes, which depend on the label too.
        Run("encode", "run", "--data", "data", "--out", "codes-of-three.npy").AssertDone();
        Run("encode", "run", "--data", "two", "--out", "codes-of-two.npy").AssertDone();
        Assert.Equal(CodeOf("codes-of-three", "column"), CodeOf("codes-of-two", "column"), 1e-5);
        Assert.NotEqual(CodeOf("codes-of-three", "column"), CodeOf("codes-of-three", "dot"), 1e-3);
        var evaluated = Run("evaluate", "run", "--data", "two", "--json").AssertDone().Output;
        var metrics = JsonDocument.Parse(evaluated).RootElement;
        Assert.Equal([0, 1, 2], metrics.GetProperty("conditionLabels").EnumerateArray().Select(label => label.GetInt32()));
        Assert.Equal(Names, metrics.GetProperty("conditionLabelNames").EnumerateArray().Select(name => name.GetString()));
        Assert.Equal(JsonValueKind.Null, metrics.GetProperty("aggregatePosteriorMismatchByCondition")[0].ValueKind);
        Assert.Contains("blob none, column ", Run("evaluate", "run", "--data", "two").AssertDone().Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_that_the_run_does_not_know_is_refused_unless_the_model_needs_no_labels()
    {
        WriteTable("four", ["column", "ear"]);
        foreach (var command in new[] { "score", "encode" })
            Run(command, "run", "--data", "four", "--out", $"{command}.npy").AssertFails(3, "'ear'", "blob, column, dot");
        Run("evaluate", "run", "--data", "four").AssertFails(3, "'ear'");
        Run("sample", "run", "--data", "four", "--index", "0", "--out", "four.npy").AssertFails(3, "'ear'");

        Run(["train", "vae", "--data", "data", "--out", "plain", .. Trained.Small]).AssertDone();
        Run("score", "plain", "--data", "four", "--out", "plain.csv").AssertDone();
        Assert.All(
            File.ReadAllLines(_folder["plain.csv"]).Skip(1),
            row => Assert.True(row.Split(',')[2..4] is ["1", "column"] or ["3", "ear"]));
    }

    [Fact]
    public void Samples_of_a_table_name_their_labels_and_are_read_as_the_same_labels_again()
    {
        Run("sample", "run", "--count", "2", "--out", "drawn.csv").AssertDone();
        var drawn = RowDataset.FromCsv(_folder["drawn.csv"], labelColumn: "label");
        Assert.Equal(Names, drawn.LabelNames);
        Assert.Equal([0, 0, 1, 1, 2, 2], drawn.Labels.ToArray());
    }

    [Fact]
    public void A_training_that_starts_from_a_run_numbers_labels_as_that_does()
    {
        WriteTable("fewer", ["column", "dot"]);
        Run(["train", "cvae", "--data", "fewer", "--start-from", "run", "--out", "fewer-run", .. Trained.Small])
            .AssertFails(3, "label 0 'column'", "blob, column, dot");
        WriteTable("first", ["blob", "column"]);
        Run(["train", "cvae", "--data", "first", "--start-from", "run", "--out", "first-run", .. Trained.Small]).AssertDone();
    }

    private static void WriteTable(TemporaryFolder folder, string name, string[] labels)
    {
        Directory.CreateDirectory(folder[name]);
        foreach (var (split, count) in new[] { ("train", 60), ("test", 12) })
        {
            File.WriteAllLines(
                Path.Combine(folder[name], $"{split}.csv"),
                ["a,b,label", .. Enumerable.Range(0, count).Select(i => labels[i % labels.Length]).Select(RowOf)]);
        }
    }

    private static string RowOf(string label) => $"{label.Length},{label[0] % 5},{label}";

    private void WriteTable(string name, string[] labels) => WriteTable(_folder, name, labels);

    private float CodeOf(string codes, string name)
    {
        var row = File.ReadAllLines(_folder[$"{codes}.csv"]).Skip(1).Index()
            .First(row => row.Item.EndsWith($",{name}", StringComparison.Ordinal)).Index;
        return RowDataset.FromNpy(_folder[$"{codes}.npy"]).ToValues(row).Values.Span[0];
    }

    private JsonElement Json(string file) => JsonDocument.Parse(File.ReadAllText(_folder["run", file])).RootElement;

    private ElboResult Run(params string[] arguments) => ElboInProcess.Run(_folder.Path, arguments);

    public sealed class Trained : IDisposable
    {
        public static readonly string[] Small =
            ["--epochs", "2", "--validation", "9", "--hidden", "6", "--latent", "2", "--batch-size", "20", "--threads", "1"];

        public Trained()
        {
            WriteTable(Folder, "data", Names);
            ElboInProcess.Run(Folder.Path, ["train", "cvae", "--data", "data", "--out", "run", .. Small]).AssertDone();
        }

        internal TemporaryFolder Folder { get; } = new();

        public void Dispose() => Folder.Dispose();
    }
}
