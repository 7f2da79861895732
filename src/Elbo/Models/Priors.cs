using static TorchSharp.torch;

namespace Elbo;

/// <summary>The priors by name.</summary>
internal static class Priors
{
    public const string Standard = "standard";
    public const string Mean = "mean";
    public const string MeanVariance = "mean-variance";
    public const string Mixture = "mixture";
    public const string Vamp = "vamp";

    private const int MaxComponents = 10_000;

    private static readonly Registry<Func<ModelOptions, int, WeightNoise, Prior>> Registry = new("prior")
    {
        [Standard] = (options, _, _) => new StandardPrior(options.LatentSize),
        [Mean] = (options, features, noise) => Conditional(options, features, false, noise),
        [MeanVariance] = (options, features, noise) => Conditional(options, features, true, noise),
        [Mixture] = (options, features, noise) =>
            new MixturePrior(Components(Mixture, options, features, MixturePrior.DefaultComponents), options.LatentSize, noise),
        [Vamp] = (options, features, noise) =>
            new VampPrior(Components(Vamp, options, features, VampPrior.DefaultComponents), options.Shape.RequireImage("The prior 'vamp', whose pseudo-inputs begin as images,"), noise),
    };

    public static IReadOnlyCollection<string> Names => Registry.Names;

    /// <summary>Builds a prior.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="options">The model it is for.</param>
    /// <param name="features">How many features the model's condition has; 0 without a condition.</param>
    /// <param name="noise">What its initial parameters are drawn from.</param>
    public static Prior Create(string name, ModelOptions options, int features, WeightNoise noise)
    {
        var prior = Registry.Find(name)(options, features, noise);
        if (options.PriorComponents is null || prior.Components is not null)
            return prior;
        prior.Dispose();
        throw new SettingsException(
            $"The prior '{name}' has no components: omit PriorComponents, or choose the Prior '{Mixture}' or '{Vamp}'.");
    }

    private static ConditionalPrior Conditional(ModelOptions options, int features, bool learnsVariance, WeightNoise noise) =>
        features == 0
            ? throw new SettingsException(
                $"A prior that depends on the condition needs one: choose the Prior '{Standard}', or give the model a Condition.")
            : new ConditionalPrior(new PriorLayout(features, options.LatentSize, options.Network), learnsVariance, noise);

    private static int Components(string name, ModelOptions options, int features, int defaultComponents)
    {
        if (features > 0)
        {
            throw new SettingsException(
                $"The prior '{name}' is for models without a condition, and this one has one: choose the Prior '{Standard}', 'mean' or "
                + "'mean-variance'.");
        }

        if (options.Posterior != Encoders.Gaussian)
        {
            throw new SettingsException(
                $"Without a KL term, as in an autoencoder, the prior '{name}' cannot be trained: choose the Prior '{Standard}', or the "
                + $"Posterior '{Encoders.Gaussian}'.");
        }

        var components = options.PriorComponents ?? defaultComponents;
        return components is >= 1 and <= MaxComponents
            ? components
            : throw new SettingsException(
                $"A prior of {components} components is not possible: choose between 1 and {MaxComponents}.");
    }
}

/// <summary>The sizes and layers of a prior.</summary>
/// <param name="Features">Features of the condition; 0 without one.</param>
/// <param name="LatentSize">Latent dimensions.</param>
/// <param name="Network">Its layers.</param>
internal sealed record PriorLayout(int Features, int LatentSize, NetworkOptions Network);
