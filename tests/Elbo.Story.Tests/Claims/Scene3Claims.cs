namespace Elbo.Story.Tests;

/// <summary>Which z belongs to this x: the clouds of the digits, and what is decoded from inside one.</summary>
internal static class Scene3Claims
{
    private const int Pixels = 784;

    public static IEnumerable<Comparison> Sigma(StoryModels models)
    {
        var codes = PosteriorBatch.Of(models["plane"], PosteriorBatch.Digits);
        for (var dimension = 0; dimension < codes.LatentSize; dimension++)
        {
            var sigmas = codes.Dimension(codes.Deviation, dimension);
            var spread = Estimate.Deviation(codes.Dimension(codes.Mean, dimension));
            yield return Comparison.Greater(
                $"spread of codes and five deviations of a cloud, dimension {dimension}", spread, Estimate.Mean(sigmas).Times(5));
            // Small, but not a point: at the prior's scale of 1 the smallest still is more than a thousandth.
            yield return Comparison.Between("the smallest deviation", Estimate.Exactly(sigmas.Min()), 0.001, 1);
        }
    }

    public static IEnumerable<Comparison> Alike(StoryModels models)
    {
        var (model, draws) = (models["plane"], new Draws(4));
        var codes = PosteriorBatch.Of(model, PosteriorBatch.Digits);
        var (first, second) = (Batches.Decode(model, codes.Draw(draws)), Batches.Decode(model, codes.Draw(draws)));
        float[] shifted = [.. second[(codes.Count / 2 * Pixels)..], .. second[..(codes.Count / 2 * Pixels)]];
        yield return Comparison.Greater(
            "distance of decoded draws, of two clouds and three times of one", Distance(first, shifted), Distance(first, second).Times(3));
    }

    private static Estimate Distance(float[] left, float[] right) => Estimate.Mean(
        [.. left.Chunk(Pixels).Zip(right.Chunk(Pixels), (a, b) => Math.Sqrt(a.Zip(b, (x, y) => (double)(x - y) * (x - y)).Sum()))]);
}
