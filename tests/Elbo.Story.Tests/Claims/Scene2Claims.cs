namespace Elbo.Story.Tests;

/// <summary>Why not draw images directly: how far random pixels and decoded places lie from the nearest test digit.</summary>
internal static class Scene2Claims
{
    private const int Throws = 10_000;
    private const int Places = 2000;
    private const int Pixels = 784;
    private const float Range = 3;

    public static IEnumerable<Comparison> Noise(StoryModels models)
    {
        _ = models;
        var ofDigits = Batches.NearestDistances(PosteriorBatch.Digits, PosteriorBatch.Digits, Pixels, second: true);
        var digits = Estimate.Mean(ofDigits);
        foreach (var (name, distances) in new[] { ("coins", Coins()), ("MNIST's frequencies", Frequencies()) })
        {
            yield return Comparison.Greater($"distance to the nearest digit, {name} and digits", Estimate.Mean(distances), digits);
            yield return Comparison.Greater(
                $"the nearest of {Throws} throws, {name}, and digits", Estimate.Exactly(distances.Min()), digits);
        }
    }

    public static IEnumerable<Comparison> Plane(StoryModels models)
    {
        var draws = new Draws(3);
        var frequencies = Estimate.Mean(Frequencies());
        foreach (var (name, codes) in new[]
        {
            ("N(0, I)", draws.Normals(2 * Places)),
            ("the plane", [.. Enumerable.Range(0, 2 * Places).Select(_ => (float)(2 * draws.Uniform() - 1) * Range)]),
        })
        {
            var pictures = Batches.Decode(models["plane"], codes);
            yield return Comparison.Greater($"MNIST's frequencies and places of {name}", frequencies, Nearest(pictures));
            yield return Comparison.Greater(
                $"MNIST's frequencies and places of {name} as pixels of 0 and 1", frequencies, Nearest(draws.Pixels(pictures)));
        }
    }

    private static Estimate Nearest(float[] pictures) =>
        Estimate.Mean(Batches.NearestDistances(pictures, PosteriorBatch.Digits, Pixels));

    private static double[] Coins() => Thrown(Enumerable.Repeat(0.5f, Pixels));

    private static double[] Frequencies()
    {
        var digits = PosteriorBatch.Digits;
        return Thrown(Enumerable.Range(0, Pixels).Select(pixel =>
            Enumerable.Range(0, digits.Length / Pixels).Average(index => digits[index * Pixels + pixel])));
    }

    private static double[] Thrown(IEnumerable<float> probabilities)
    {
        float[] chances = [.. probabilities];
        var pixels = new Draws(2).Pixels(Enumerable.Range(0, Throws * Pixels).Select(i => chances[i % Pixels]));
        return Batches.NearestDistances(pixels, PosteriorBatch.Digits, Pixels);
    }
}
