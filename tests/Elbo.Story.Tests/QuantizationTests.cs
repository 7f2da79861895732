namespace Elbo.Story.Tests;

public class QuantizationTests
{
    public static TheoryData<string> Ids => [.. BundledStory.Models.Models.Keys];

    [Theory]
    [MemberData(nameof(Ids))]
    public void Eight_bits_move_the_mean_negative_bound_by_less_than_half_a_nat(string id)
    {
        var model = BundledStory.Models[id];
        var digits = BundledStory.Test.Subset([.. Enumerable.Range(0, 1000)]);
        using var trained = LibraryModel.AsTrained(model);
        using var quantized = LibraryModel.Quantized(model);

        var before = SplitEvaluation.Evaluate(trained, digits, binarize: Binarization.Dynamic);
        var after = SplitEvaluation.Evaluate(quantized, digits, binarize: Binarization.Dynamic);

        Assert.Equal(before.Reconstruction + (before.Kl ?? 0), after.Reconstruction + (after.Kl ?? 0), 0.5);
        Assert.NotEqual(before.Reconstruction, after.Reconstruction);
    }

    // The library's networks and the story's own agree, so that codes and grids are those of the model.
    [Theory]
    [MemberData(nameof(Ids))]
    public void The_story_decodes_and_encodes_as_the_library_does(string id)
    {
        var model = BundledStory.Models[id];
        using var quantized = LibraryModel.Quantized(model);
        using var scope = TorchSharp.torch.NewDisposeScope();
        using var _ = TorchSharp.torch.no_grad();
        byte[] pixels = [.. BundledStory.Digits.Binary(3).Select(value => (byte)(255 * value))];
        var label = BundledStory.Digits.Labels[3];
        var batch = quantized.Reader(new ImageDataset(new(1, 28, 28), pixels, new[] { (int)label }), Binarization.None).Slice(0, 1);
        double[] features = batch.Features is null ? [] : Doubles(batch.Features);
        double[] input = [.. BundledStory.Digits.Binary(3), .. model.Condition is LabelCondition ? features : []];

        var posterior = quantized.Encode(batch.Values, batch.Features);
        var (mean, logVariance) = model.Encode(input);
        AssertClose(Doubles(posterior.Mean), mean);
        Assert.Equal(model.IsPoint, logVariance is null);
        if (logVariance is not null)
            AssertClose(Doubles(((DiagonalGaussian)posterior).LogVariance!), logVariance);

        double[] seen = model.Configuration.Model.ConditionDecoder ? features : [];
        AssertClose(Doubles(quantized.Decode(posterior.Mean, batch.Features)), model.Decoder.Run([.. Doubles(posterior.Mean), .. seen]));

        var prior = ((GaussianPrior)quantized.Prior).At(batch.Features);
        AssertClose(Doubles(prior.Mean), model.PriorAt(features).Mean);
        if (prior.LogVariance is { } logVarianceOfPrior)
            AssertClose(Doubles(logVarianceOfPrior), model.PriorAt(features).LogVariance!);
    }

    private static double[] Doubles(TorchSharp.torch.Tensor values) =>
        values.to(TorchSharp.torch.float64).contiguous().data<double>().ToArray();

    private static void AssertClose(double[] expected, double[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 1e-3));
    }
}
