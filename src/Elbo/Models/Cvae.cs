namespace Elbo;

/// <summary>
/// The conditional VAE of Sohn, Lee and Yan (2015): the condition enters the encoder, the decoder and the prior, whose mean it moves:
/// p(z|c) = N(mu(c), I) by default.
/// </summary>
public static class Cvae
{
    internal static Preset Preset { get; } = new(
        "cvae",
        "conditional VAE: draws the label it is asked for",
        // Eight dimensions and two hidden layers: on MNIST a page of sixes drawn from the prior then reads as sixes (docs/results.md).
        new ModelOptions { LatentSize = 8, Network = new NetworkOptions { Hidden = [400, 200] }, Condition = new LabelCondition(0) },
        new ObjectiveOptions());

    /// <summary>
    /// "Complete the picture" with a number of quadrants visible, in the sizes of Pyro's example: 500-500 for encoder, decoder and the prior,
    /// which learns mean and variance.
    /// </summary>
    internal static IEnumerable<Preset> QuadrantPresets { get; } =
    [
        .. new[] { 1, 2, 3 }.Select(visible => new Preset(
            $"cvae-quadrant-{visible}",
            $"conditional VAE: completes an image of which {(visible == 1 ? "one quadrant is" : $"{visible} quadrants are")} seen",
            new ModelOptions
            {
                LatentSize = 200,
                Prior = Priors.MeanVariance,
                Network = new NetworkOptions { Hidden = [500, 500], PriorHidden = [500, 500] },
                Condition = new RegionCondition($"quadrants-{visible}"),
            },
            new ObjectiveOptions())),
    ];

    /// <summary>Creates a conditional VAE.</summary>
    /// <param name="shape">The images.</param>
    /// <param name="condition">What it is conditioned on, for example <c>Condition.Label(10)</c>.</param>
    /// <param name="options">
    /// Other choices; they replace all of the preset's own, its size and its network too, which are eight latent dimensions and hidden
    /// layers of 400 and 200. What they leave open is as <see cref="ModelOptions"/> says.
    /// </param>
    /// <param name="seed">The seed of the first weights.</param>
    /// <returns>The model.</returns>
    /// <exception cref="ConfigurationException">The choices do not fit each other.</exception>
    public static LatentVariableModel Create(ImageShape shape, Condition condition, ModelOptions? options = null, ulong seed = 0)
    {
        ArgumentNullException.ThrowIfNull(condition);
        return Preset.Create(shape, (options ?? Preset.Model) with { Condition = condition }, seed);
    }
}
