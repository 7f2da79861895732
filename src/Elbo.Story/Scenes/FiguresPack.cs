using System.Text.Json;

namespace Elbo.Story;

/// <summary>
/// The pack <c>figures</c>: the numbers that sentences of the story name and no single model has, computed on the models in the page.
/// </summary>
internal static class FiguresPack
{
    /// <summary>The name of the pack.</summary>
    public const string Name = "figures";

    /// <summary>The draws of each source in the sixth scene.</summary>
    public const int Draws = 2000;

    private const double Confidence = 0.9;
    private const int DrawsOfACloud = 20;

    /// <summary>Computes the figures of the bundled models.</summary>
    public static Pack Of(StoryModels models, StoryDigits digits)
    {
        var (vae, autoencoder, classifier) = (models["vae"], models["ten-ae"], models.Classifier);
        var fitted = new FittedGaussian(Codes.Of(autoencoder, digits).Mean, autoencoder.LatentSize);
        var (alone, pile) = Clouds(Codes.Of(models[StoryModels.Plane], digits));
        var figures = new SortedDictionary<string, double>(StringComparer.Ordinal)
        {
            ["scene6Vae"] = Share(classifier, draws => Decoded(vae, draws.Normal(vae.LatentSize))),
            ["scene6Autoencoder"] = Share(classifier, draws => Decoded(autoencoder, draws.Normal(autoencoder.LatentSize))),
            ["scene6Fitted"] = Share(classifier, draws => Decoded(autoencoder, fitted.At(draws.Normal(autoencoder.LatentSize)))),
            ["scene6Noise"] = Share(classifier, draws => Decoded(models["ten-noise"], draws.Normal(models["ten-noise"].LatentSize))),
            ["scene6Pixels"] = Share(
                classifier, draws => [.. Enumerable.Range(0, digits.Pixels).Select(_ => draws.Uniform() < 0.5 ? 1d : 0)]),
            ["scene6Digits"] = Enumerable.Range(0, digits.Count)
                .Average(index => classifier.Read(digits.Grey(index)).Confidence >= Confidence ? 1d : 0),
            ["scene7Alone"] = alone,
            ["scene7Pile"] = pile,
        };
        return new Pack(Name, [], new Dictionary<string, string> { ["figures"] = JsonSerializer.Serialize(figures) });
    }

    // Each draw has a seed of its own, so that they can be made at the same time.
    private static double Share(StoryClassifier classifier, Func<NormalDraws, double[]> draw)
    {
        var sure = new bool[Draws];
        Parallel.For(0, Draws, index => sure[index] = classifier.Read(draw(new NormalDraws(index))).Confidence >= Confidence);
        return (double)sure.Count(each => each) / Draws;
    }

    private static double[] Decoded(StoryModel model, double[] z) =>
        [.. model.Decoder.Run(z).Select(logit => 1 / (1 + Math.Exp(-logit)))];

    // KL(q(z|x) || N(0, I)) on average, and KL(q(z) || N(0, I)) of the mixture of all q(z|x) by draws from it.
    private static (double Alone, double Pile) Clouds(Codes codes)
    {
        var (size, count) = (codes.LatentSize, codes.Mean.Length / codes.LatentSize);
        double[] deviation = [.. codes.LogVariance!.Select(log => Math.Exp(log / 2))];
        var alone = codes.Mean.Zip(deviation, (m, s) => 0.5 * (m * m + s * s - 1) - Math.Log(s)).Sum() / count;
        var ratios = new double[count];
        Parallel.For(0, count, index =>
        {
            var draws = new NormalDraws(index);
            for (var draw = 0; draw < DrawsOfACloud; draw++)
            {
                var z = draws.Normal(size);
                for (var i = 0; i < size; i++)
                    z[i] = codes.Mean[index * size + i] + deviation[index * size + i] * z[i];
                ratios[index] += (LogMixture(codes.Mean, deviation, z) + 0.5 * z.Sum(value => value * value)) / DrawsOfACloud;
            }
        });
        return (alone, ratios.Average());
    }

    // The logarithm of the mixture's density but for the constant that N(0, I) has as well.
    private static double LogMixture(double[] mean, double[] deviation, double[] z)
    {
        var sum = 0d;
        for (var start = 0; start < mean.Length; start += z.Length)
        {
            var (exponent, scale) = (0d, 1d);
            for (var i = 0; i < z.Length; i++)
            {
                var distance = (z[i] - mean[start + i]) / deviation[start + i];
                exponent -= 0.5 * distance * distance;
                scale *= deviation[start + i];
            }

            sum += Math.Exp(exponent) / scale;
        }

        return Math.Log(sum / (mean.Length / z.Length));
    }
}
