namespace Elbo.Story.Tests;

/// <summary>Two pulls: three small VAEs, trained with the reconstruction term alone, with the KL alone and with both.</summary>
internal static class Scene5Claims
{
    private static readonly Lazy<(SmallTraining Reconstruction, SmallTraining Kl, SmallTraining Both)> Trained =
        new(() => (SmallTraining.Of(1, 0), SmallTraining.Of(0, 1), SmallTraining.Of(1, 1)));

    public static IEnumerable<Comparison> Pulls(StoryModels models)
    {
        _ = models;
        var (reconstruction, kl, both) = Trained.Value;
        for (var dimension = 0; dimension < 2; dimension++)
        {
            yield return Comparison.Greater(
                $"spread of codes, reconstruction alone and both, dimension {dimension}",
                Spread(reconstruction, dimension), Spread(both, dimension));
            yield return Comparison.Greater(
                $"deviation of clouds, both and reconstruction alone, dimension {dimension}",
                Width(both, dimension), Width(reconstruction, dimension));
            yield return Comparison.Between($"spread of codes, KL alone, dimension {dimension}", Spread(kl, dimension), 0, 0.1);
            yield return Comparison.Between($"deviation of clouds, KL alone, dimension {dimension}", Width(kl, dimension), 0.9, 1.1);
        }

        yield return Comparison.Between("the largest KL of a cloud, KL alone", Estimate.Exactly(kl.Codes.Kl().Max()), -1, 0.05);
        yield return Comparison.Greater("KL, reconstruction alone and both", Kl(reconstruction), Kl(both));
        yield return Comparison.Greater("KL, both and KL alone", Kl(both), Kl(kl));
        // The bound weighs one term against the other, and ends above that of either alone.
        yield return Comparison.Greater("negative ELBO, KL alone and both", NegativeElbo(kl), NegativeElbo(both));
        yield return Comparison.Greater(
            "negative ELBO, reconstruction alone and both", NegativeElbo(reconstruction), NegativeElbo(both));
    }

    private static Estimate Spread(SmallTraining trained, int dimension) =>
        Estimate.Deviation(trained.Codes.Dimension(trained.Codes.Mean, dimension));

    private static Estimate Width(SmallTraining trained, int dimension) =>
        Estimate.Mean(trained.Codes.Dimension(trained.Codes.Deviation, dimension));

    private static Estimate Kl(SmallTraining trained) => Estimate.Mean(trained.Codes.Kl());

    private static Estimate NegativeElbo(SmallTraining trained) =>
        Estimate.Mean([.. trained.Reconstruction.Zip(trained.Codes.Kl(), (reconstruction, kl) => reconstruction + kl)]);
}
