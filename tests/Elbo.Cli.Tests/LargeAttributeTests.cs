using Elbo.Tests;

namespace Elbo.Cli.Tests;

/// <summary>Attributes have the digits of a float64 until they are standardised.</summary>
[Collection(AloneInProcess.Name)]
public sealed class LargeAttributeTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Attributes_from_1000000001_to_1000000009_move_what_is_drawn_and_a_constant_one_is_named()
    {
        TestWorkspace.WriteDataset(_folder["data"]);
        foreach (var (split, count) in new[] { ("train", TestWorkspace.TrainImages), ("test", TestWorkspace.TestImages) })
        {
            File.WriteAllLines(
                _folder[$"{split}.csv"], ["large,same", .. Enumerable.Range(0, count).Select(i => $"{1_000_000_001 + i % 4 * 2},3.5")]);
        }

        var trained = Run([
            "train", "cvae", .. TestWorkspace.Small, "--condition", "attributes", "--attributes", "train.csv", "--test-attributes",
            "test.csv", "--epochs", "8", "--out", "run"]).AssertDone();
        Assert.Contains("Warning: the attribute 'same' is the same for all training examples", trained.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("'large'", trained.Errors, StringComparison.Ordinal);

        var near = Draw("1000000001,3.5");
        var far = Draw("1000000007,3.5");
        // A row of the image is bright where the attribute says: the largest change is of that size.
        Assert.InRange(near.Zip(far).Max(pair => Math.Abs(pair.First - pair.Second)), 0.1, 1);
        Assert.Equal(near, Draw("1.000000001e9,3.5"));
        Run("sample", "run", "--attribute", "1e300,3.5", "--out", "out.npy").AssertFails(3, "too far from those of the training data");
        Run("interpolate", "run", "--from-attribute", "1000000001,3.5", "--to-attribute", "1000000007,3.5", "--out", "x.png").AssertDone();

        float[] Draw(string attributes)
        {
            var file = $"{Guid.NewGuid():N}.npy";
            Run("sample", "run", "--attribute", attributes, "--count", "1", "--out", file).AssertDone();
            return Npy.Read(_folder[file]).Values;
        }
    }

    private ElboResult Run(params string[] arguments) => ElboInProcess.Run(_folder.Path, arguments);
}
