using static TorchSharp.torch;

namespace Elbo;

/// <summary>The priors a configuration can name.</summary>
internal static class Priors
{
    public const string Standard = "standard";
    public const string Mean = "mean";
    public const string MeanVariance = "mean-variance";

    private static readonly Registry<Func<int, int, NetworkOptions, Generator, Prior>> Registry = new("prior")
    {
        [Standard] = (_, latentSize, _, _) => new StandardPrior(latentSize),
        [Mean] = (features, latentSize, network, generator) => Conditional(features, latentSize, false, network, generator),
        [MeanVariance] = (features, latentSize, network, generator) => Conditional(features, latentSize, true, network, generator),
    };

    public static IReadOnlyCollection<string> Names => Registry.Names;

    /// <summary>Builds a prior for a condition with so many features (0 without a condition).</summary>
    public static Prior Create(string name, int features, int latentSize, NetworkOptions network, Generator generator) =>
        Registry.Find(name)(features, latentSize, network, generator);

    private static ConditionalPrior Conditional(
        int features, int latentSize, bool learnsVariance, NetworkOptions network, Generator generator) =>
        features == 0
            ? throw new ConfigurationException("A prior that depends on the condition needs one: choose --prior standard, or the preset cvae.")
            : new ConditionalPrior(features, latentSize, learnsVariance, network, generator);
}
