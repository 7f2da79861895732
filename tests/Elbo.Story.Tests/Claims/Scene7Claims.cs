namespace Elbo.Story.Tests;

/// <summary>Every cloud different, all together one Gaussian: KL to N(0, I) of the clouds alone and of their mixture.</summary>
internal static class Scene7Claims
{
    private const int Draws = 3000;

    public static IEnumerable<Comparison> Alone(StoryModels models) =>
        [Comparison.Greater("the nearest cloud alone, and all", Estimate.Exactly(Codes(models).Kl().Min()), Pile(models))];

    public static IEnumerable<Comparison> Aggregate(StoryModels models)
    {
        var pile = Pile(models);
        yield return Comparison.Between("KL of the pile", pile, 0, 1);
        yield return Comparison.Greater("a fifth of the mean cloud, and the pile", Estimate.Mean(Codes(models).Kl()).Times(0.2), pile);
    }

    public static IEnumerable<Comparison> Figures(StoryModels models)
    {
        var figures = Scene6Claims.NamedFigures();
        yield return Comparison.Same(
            "alone", Estimate.Exactly(Codes(models).Kl().Average()), Estimate.Exactly(figures["scene7Alone"]), 0.001);
        yield return Comparison.Same("piled up", Pile(models), Estimate.Exactly(figures["scene7Pile"]), 0);
    }

    private static PosteriorBatch Codes(StoryModels models) => PosteriorBatch.Of(models["plane"], PosteriorBatch.Digits);

    private static Estimate Pile(StoryModels models)
    {
        var (codes, draws) = (Codes(models), new Draws(9));
        var (mean, deviation) = (codes.Mean, codes.Deviation);
        var ratios = new double[Draws];
        for (var draw = 0; draw < Draws; draw++)
        {
            var from = 2 * (draw % codes.Count);
            var (x, y) = (mean[from] + deviation[from] * draws.Normal(), mean[from + 1] + deviation[from + 1] * draws.Normal());
            var density = 0d;
            for (var i = 0; i < mean.Length; i += 2)
            {
                var (u, v) = ((x - mean[i]) / deviation[i], (y - mean[i + 1]) / deviation[i + 1]);
                density += Math.Exp(-0.5 * (u * u + v * v)) / (deviation[i] * deviation[i + 1]) / codes.Count;
            }

            ratios[draw] = Math.Log(density) + 0.5 * (x * x + y * y);
        }

        return Estimate.Mean(ratios);
    }
}
