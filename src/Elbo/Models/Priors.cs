using static TorchSharp.torch;

namespace Elbo;

/// <summary>The priors a configuration can name.</summary>
internal static class Priors
{
    public const string Standard = "standard";
    public const string Mean = "mean";

    private static readonly Registry<Func<int, int, Generator, Prior>> Registry = new("prior")
    {
        [Standard] = (_, latentSize, _) => new StandardPrior(latentSize),
        [Mean] = (features, latentSize, generator) => Conditional(features, latentSize, learnsVariance: false, generator),
        ["mean-variance"] = (features, latentSize, generator) => Conditional(features, latentSize, learnsVariance: true, generator),
    };

    public static IReadOnlyCollection<string> Names => Registry.Names;

    /// <summary>Builds a prior for a condition with so many features (0 without a condition).</summary>
    public static Prior Create(string name, int features, int latentSize, Generator generator) =>
        Registry.Find(name)(features, latentSize, generator);

    private static ConditionalPrior Conditional(int features, int latentSize, bool learnsVariance, Generator generator) =>
        features == 0
            ? throw new ConfigurationException("A prior that depends on the condition needs one: choose --prior standard, or the preset cvae.")
            : new ConditionalPrior(features, latentSize, learnsVariance, generator);
}
