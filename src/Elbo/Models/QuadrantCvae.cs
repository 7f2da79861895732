namespace Elbo;

/// <summary>
/// The presets that complete a picture of which one, two or three quadrants are visible (Sohn, Lee and Yan 2015): encoder, decoder and
/// prior of two hidden layers of 500 each and a code of 200 dimensions, as the Pyro tutorial has them; here the decoder sees the condition
/// as well.
/// </summary>
internal static class QuadrantCvae
{
    public static IReadOnlyList<Preset> Presets { get; } =
    [
        Create(1, "one quadrant, the bottom left"),
        Create(2, "two quadrants, the left half"),
        Create(3, "three quadrants, all but the bottom right"),
    ];

    private static Preset Create(int quadrants, string visible) => new(
        $"cvae-quadrant-{quadrants}",
        $"conditional VAE: completes a picture of which it sees {visible}",
        new ModelOptions
        {
            LatentSize = 200,
            Prior = Priors.MeanVariance,
            Network = new NetworkOptions { Hidden = [500, 500], PriorHidden = [500, 500] },
            Condition = new RegionCondition($"quadrants-{quadrants}"),
        },
        new ObjectiveOptions());
}
