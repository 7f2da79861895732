namespace Elbo.Tests;

public class LatentPathTests
{
    [Fact]
    public void An_interpolation_begins_and_ends_with_the_reconstructions_of_its_examples()
    {
        using var model = SmallRuns.Model();
        var data = SmallRuns.Data.Test;

        var path = model.Interpolate(data, 3, 7, steps: 5);

        var ends = model.Reconstruct(data.Subset([3, 7]));
        Assert.Equal(5, path.Count);
        Close(ends[0], path[0]);
        Close(ends[1], path[4]);
        Assert.Throws<ArgumentOutOfRangeException>(() => model.Interpolate(data, 3, data.Count));
        Assert.Throws<ArgumentOutOfRangeException>("steps", () => model.Interpolate(data, 3, 7, steps: 1));
    }

    [Fact]
    public void Labels_are_interpolated_in_one_style()
    {
        using var model = SmallRuns.Model();

        var path = model.InterpolateLabels(0, 2, steps: 3, seed: 4);

        Close(model.Sample(1, label: 0, seed: 4)[0], path[0]);
        Close(model.Sample(1, label: 2, seed: 4)[0], path[2]);
        Assert.Throws<SettingsException>(() => model.InterpolateLabels(0, 3));
    }

    [Fact]
    public void A_traversal_passes_the_mean_of_the_prior_and_moves_one_dimension()
    {
        using var model = SmallRuns.Model();

        var path = model.Traverse(1, steps: 3, range: 2, label: 1);

        var prior = ((GaussianPrior)model.Prior).At(TorchSharp.torch.tensor(new float[] { 0, 1, 0 }, [1, 3]));
        var mean = Tensors.ToArray(prior.Mean).Select(value => (float)value).ToArray();
        Close(model.Decode(new LatentCodes(3, mean), [1])[0], path[1]);
        Close(model.Decode(new LatentCodes(3, [mean[0], mean[1] + 2, mean[2]]), [1])[0], path[2]);
        Assert.Throws<ArgumentOutOfRangeException>("dimension", () => model.Traverse(3));
    }

    private static void Close(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual) =>
        Assert.Equal(expected.ToArray(), actual.ToArray(), (left, right) => Math.Abs(left - right) < 1e-6f);
}
