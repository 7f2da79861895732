using static TorchSharp.torch;

namespace Elbo;

/// <summary>The priors a configuration can name.</summary>
internal static class Priors
{
    public const string Standard = "standard";
    public const string Mean = "mean";
    public const string MeanVariance = "mean-variance";

    private static readonly Registry<Func<PriorLayout, Generator, Prior>> Registry = new("prior")
    {
        [Standard] = (layout, _) => new StandardPrior(layout.LatentSize),
        [Mean] = (layout, generator) => Conditional(layout, learnsVariance: false, generator),
        [MeanVariance] = (layout, generator) => Conditional(layout, learnsVariance: true, generator),
    };

    public static IReadOnlyCollection<string> Names => Registry.Names;

    /// <summary>Builds a prior.</summary>
    public static Prior Create(string name, PriorLayout layout, Generator generator) => Registry.Find(name)(layout, generator);

    private static ConditionalPrior Conditional(PriorLayout layout, bool learnsVariance, Generator generator) =>
        layout.Features == 0
            ? throw new ConfigurationException("A prior that depends on the condition needs one: choose --prior standard, or the preset cvae.")
            : new ConditionalPrior(layout, learnsVariance, generator);
}

/// <summary>What a prior must fit.</summary>
/// <param name="Features">Features of the condition; 0 without one.</param>
/// <param name="LatentSize">Latent dimensions.</param>
/// <param name="Network">Which layers it may have.</param>
internal sealed record PriorLayout(int Features, int LatentSize, NetworkOptions Network);
