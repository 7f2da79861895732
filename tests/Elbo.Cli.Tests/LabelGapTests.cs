using System.Text.Json;
using Elbo.Tests;

namespace Elbo.Cli.Tests;

/// <summary>Labels with gaps are as many as there are: nothing is drawn, suggested or judged for a label that no example has.</summary>
[Collection(AloneInProcess.Name)]
public sealed class LabelGapTests : IDisposable
{
    private static readonly string[] Small =
    [
        "--epochs", "2", "--validation", "30", "--hidden", "8", "--latent", "2", "--batch-size", "30", "--threads", "1",
    ];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Labels_2_5_and_9_of_an_IDX_file_are_three_labels()
    {
        Write("data", [2, 5, 9], [2, 5, 9]);
        var trained = Run(["train", "cvae", "--data", "data", "--out", "run", .. Small]).AssertDone();
        Assert.DoesNotContain("--label", trained.Output, StringComparison.Ordinal);
        var condition = JsonDocument.Parse(File.ReadAllText(_folder["run", "config.json"])).RootElement
            .GetProperty("model").GetProperty("condition");
        Assert.Equal(3, condition.GetProperty("count").GetInt32());
        Assert.Equal([2, 5, 9], condition.GetProperty("values").EnumerateArray().Select(value => value.GetInt32()));

        Run("sample", "run", "--count", "4", "--out", "all.npy").AssertDone();
        var all = Npy.Read(_folder["all.npy"]);
        Assert.Equal([12, 1, 8, 8], all.Shape);
        Run("sample", "run", "--count", "4", "--label", "9", "--out", "nine.npy").AssertDone();
        Assert.Equal(all.Values[(8 * 64)..], Npy.Read(_folder["nine.npy"]).Values);
        Run("sample", "run", "--label", "3", "--out", "three.npy").AssertFails(2, "Label 3 does not exist", "2, 5, 9");
        Run("traverse", "run", "--out", "traversal.png").AssertDone();
        Run("interpolate", "run", "--from-label", "2", "--to-label", "9", "--out", "between.png").AssertDone();

        var metrics = JsonDocument.Parse(Run("evaluate", "run", "--samples-per-label", "20", "--json").AssertDone().Output).RootElement;
        Assert.Equal(3, metrics.GetProperty("aggregatePosteriorMismatchByCondition").GetArrayLength());
        Assert.Equal([2, 5, 9], metrics.GetProperty("conditionLabels").EnumerateArray().Select(label => label.GetInt32()));
        Assert.Equal(1, metrics.GetProperty("classifierTestAccuracy").GetDouble(), 0.1);
        Run("score", "run", "--out", "scores.csv").AssertDone();
        Assert.Equal(
            ["2", "5", "9"], File.ReadAllLines(_folder["scores.csv"]).Skip(1).Select(row => row.Split(',')[2]).Distinct().Order());
        Run("resume", "run", "--epochs", "3").AssertDone();
    }

    [Fact]
    public void Pages_of_images_take_labels_by_name_too_and_a_name_comes_before_a_number()
    {
        Write("data", [0, 1, 2], [0, 1, 2]);
        File.WriteAllLines(_folder["data", "labels.txt"], ["cat", "2", "ear"]);
        Run(["train", "cvae", "--data", "data", "--out", "run", .. Small]).AssertDone();

        Run("interpolate", "run", "--from-label", "cat", "--to-label", "ear", "--out", "names.png").AssertDone();
        Run("interpolate", "run", "--from-label", "0", "--to-label", "ear", "--out", "numbers.png").AssertDone();
        Assert.Equal(File.ReadAllBytes(_folder["names.png"]), File.ReadAllBytes(_folder["numbers.png"]));
        Assert.Contains("label-2", Run("traverse", "run", "--label", "ear").AssertDone().Output, StringComparison.Ordinal);
        Assert.Contains("label-1", Run("traverse", "run", "--label", "2").AssertDone().Output, StringComparison.Ordinal);
        Run("interpolate", "run", "--from-label", "dog", "--to-label", "ear").AssertFails(2, "'dog'", "0 (cat), 1 (2), 2 (ear)");
    }

    [Fact]
    public void A_label_that_only_the_test_split_has_is_refused_by_a_model_that_is_conditioned_on_labels()
    {
        Write("data", [0, 1], [0, 1, 2]);
        Run(["train", "cvae", "--data", "data", "--out", "run", .. Small]).AssertFails(3, "label 2", "no training example has");
        Assert.False(Directory.Exists(_folder["run"]));
        Run(["train", "vae", "--data", "data", "--out", "run", .. Small]).AssertDone();
    }

    // Bars whose position tells the label.
    private void Write(string name, byte[] train, byte[] test)
    {
        Directory.CreateDirectory(_folder[name]);
        foreach (var (prefix, labels, count) in new[] { ("train", train, 180), ("t10k", test, 30) })
        {
            byte[] each = [.. Enumerable.Range(0, count).Select(i => labels[i % labels.Length])];
            byte[] pixels = [.. each.SelectMany((label, i) => Enumerable.Range(0, 64)
                .Select(p => (byte)(p / 8 == label % 8 ? 240 + i % 16 : 3 * (p * i % 7))))];
            var path = Path.Combine(_folder[name], prefix);
            File.WriteAllBytes($"{path}-images-idx3-ubyte", [0, 0, 8, 3, 0, 0, 0, (byte)count, 0, 0, 0, 8, 0, 0, 0, 8, .. pixels]);
            File.WriteAllBytes($"{path}-labels-idx1-ubyte", [0, 0, 8, 1, 0, 0, 0, (byte)count, .. each]);
        }
    }

    private ElboResult Run(params string[] arguments) => ElboInProcess.Run(_folder.Path, arguments);
}
