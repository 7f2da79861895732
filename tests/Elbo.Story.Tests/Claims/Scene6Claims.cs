using System.Text.Json;

namespace Elbo.Story.Tests;

/// <summary>Why an autoencoder cannot: shares of draws that are read with at least 90% confidence.</summary>
internal static class Scene6Claims
{
    private const int Count = 2000;
    private const double Confidence = 0.9;

    public static IEnumerable<Comparison> Standard(StoryModels models) =>
        [Comparison.Greater("VAE and autoencoder", OfPrior(models, "vae"), OfPrior(models, "ten-ae"))];

    public static IEnumerable<Comparison> Noise(StoryModels models) =>
        [Comparison.Greater("autoencoder and noise without KL", OfPrior(models, "ten-ae"), OfPrior(models, "ten-noise"))];

    public static IEnumerable<Comparison> Fitted(StoryModels models) =>
    [
        Comparison.Greater("the autoencoder's Gaussian and N(0, I)", OfCodes(models), OfPrior(models, "ten-ae")),
        Comparison.Greater("VAE and the autoencoder's Gaussian", OfPrior(models, "vae"), OfCodes(models)),
    ];

    public static IEnumerable<Comparison> Pixels(StoryModels models) =>
        [Comparison.Between("random pixels", OfPixels(models), 0, 2)];

    /// <summary>The figures that the sentence names are those that are computed here with other draws.</summary>
    public static IEnumerable<Comparison> Figures(StoryModels models)
    {
        var figures = NamedFigures();
        foreach (var (name, share) in new[]
        {
            ("scene6Vae", OfPrior(models, "vae")), ("scene6Autoencoder", OfPrior(models, "ten-ae")),
            ("scene6Fitted", OfCodes(models)), ("scene6Pixels", OfPixels(models)),
        })
            yield return Comparison.Same(name, share, new(figures[name], share.Error), 0);
    }

    public static Dictionary<string, double> NamedFigures() =>
        JsonSerializer.Deserialize<Dictionary<string, double>>(BundledStory.Pack("figures").Metadata["figures"])!;

    private static Estimate OfPrior(StoryModels models, string id) =>
        Sure(models, Batches.Decode(models[id], new Draws(6).Normals(Count * models[id].LatentSize)));

    private static Estimate OfPixels(StoryModels models) => Sure(models, new Draws(7).Pixels(Enumerable.Repeat(0.5f, Count * 784)));

    // A Gaussian with the codes' mean and covariance: random combinations of the centred codes have that covariance exactly.
    private static Estimate OfCodes(StoryModels models)
    {
        var (model, draws) = (models["ten-ae"], new Draws(8));
        var codes = PosteriorBatch.Of(model, PosteriorBatch.Digits);
        var (size, mean) = (codes.LatentSize, new double[codes.LatentSize]);
        for (var i = 0; i < codes.Mean.Length; i++)
            mean[i % size] += codes.Mean[i] / (double)codes.Count;
        var inputs = new float[Count * size];
        var z = new double[size];
        for (var draw = 0; draw < Count; draw++)
        {
            mean.CopyTo(z, 0);
            for (var index = 0; index < codes.Count; index++)
            {
                var weight = draws.Normal() / Math.Sqrt(codes.Count);
                for (var i = 0; i < size; i++)
                    z[i] += weight * (codes.Mean[index * size + i] - mean[i]);
            }

            for (var i = 0; i < size; i++)
                inputs[draw * size + i] = (float)z[i];
        }

        return Sure(models, Batches.Decode(model, inputs));
    }

    private static Estimate Sure(StoryModels models, float[] pictures) =>
        Estimate.Share([.. Batches.Read(models, pictures).Select(read => read.Confidence >= Confidence)]);
}
