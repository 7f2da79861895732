namespace Elbo.Studio;

/// <summary>One latent dimension as a slider.</summary>
/// <param name="Dimension">The index of the dimension, from 0.</param>
/// <param name="Kl">Its mean KL in nats, by which the sliders are sorted; null where there is none, as for an autoencoder.</param>
/// <param name="IsActive">Whether the dimension carries information about the examples.</param>
internal sealed record CodeSlider(int Dimension, double? Kl, bool IsActive)
{
    /// <summary>The most dimensions with a slider: those of the highest KL.</summary>
    public const int MaxCount = 10;

    private const double UnitRange = 3;
    private const double Covered = 0.95;

    /// <summary>Whether a model has codes that it infers from examples.</summary>
    public static bool HasCodes(OpenModel opened) => opened.LatentSize > 0 && opened.Configuration.Model.Posterior != Posteriors.None;

    /// <summary>The sliders of a model, the highest KL first. On the compute thread only.</summary>
    public static IReadOnlyList<CodeSlider> Of(OpenModel opened)
    {
        if (!HasCodes(opened))
            return [];
        // Of a bundled model the KL is known over all test images; of a run it is measured on the shown examples.
        if (opened.Bundled?.Figures is not { KlPerDimension: { } known } figures)
        {
            var latents = opened.Latents;
            return
            [
                .. latents.Order.Take(MaxCount)
                    .Select(dimension => new CodeSlider(dimension, latents.Kl?[dimension], opened.IsActive(dimension))),
            ];
        }

        return
        [
            .. known.Select((kl, dimension) => new CodeSlider(dimension, kl, figures.ActiveDimensions.Contains(dimension)))
                .OrderByDescending(slider => slider.Kl).Take(MaxCount),
        ];
    }

    /// <summary>
    /// How far the sliders of a model go to both sides: to 3, and where codes of examples lie farther out as far as 95 % of them. On the
    /// compute thread only.
    /// </summary>
    public static double RangeOf(OpenModel opened)
    {
        double[] distances = [.. opened.Latents.Means.Values.ToArray().Select(value => (double)Math.Abs(value)).Order()];
        return distances.Length == 0
            ? UnitRange
            : Math.Max(UnitRange, Math.Ceiling(distances[(int)(Covered * (distances.Length - 1))]));
    }
}
