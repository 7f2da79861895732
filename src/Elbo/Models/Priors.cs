using static TorchSharp.torch;

namespace Elbo;

/// <summary>
/// The priors by name: what <see cref="ModelOptions.Prior"/>, configurations and <c>--prior</c> take, without case. The methods may be
/// called from any thread.
/// </summary>
public static class Priors
{
    /// <summary>N(0, I): <see cref="StandardPrior"/>.</summary>
    public const string Standard = "standard";
    /// <summary>N(mu(c), I): <see cref="ConditionalPrior"/>.</summary>
    public const string Mean = "mean";
    /// <summary>N(mu(c), diag sigma²(c)).</summary>
    public const string MeanVariance = "mean-variance";
    /// <summary><see cref="MixturePrior"/>.</summary>
    public const string Mixture = "mixture";
    /// <summary><see cref="VampPrior"/>.</summary>
    public const string Vamp = "vamp";

    private const int MaxComponents = 10_000;

    private static readonly Registry<Func<PriorContext, Prior>> Registry = new("prior")
    {
        [Standard] = context => new StandardPrior(context.Options.LatentSize),
        [Mean] = context => Conditional(context, false),
        [MeanVariance] = context => Conditional(context, true),
        [Mixture] = context => new MixturePrior(
            Components(Mixture, context, MixturePrior.DefaultComponents), context.Options.LatentSize, context.Noise),
        [Vamp] = context => new VampPrior(
            Components(Vamp, context, VampPrior.DefaultComponents),
            context.Options.Shape.RequireImage("The prior 'vamp', whose pseudo-inputs begin as images,"),
            context.Noise),
    };

    /// <summary>All names, in the order of registration.</summary>
    public static IReadOnlyCollection<string> Names => Registry.Names;

    /// <summary>The name as it was registered, of one that may differ in case.</summary>
    /// <exception cref="SettingsException">There is no such name.</exception>
    internal static string NameOf(string name) => Registry.NameOf(name);

    /// <summary>Registers a prior of your own, once, before the first model that names it.</summary>
    /// <param name="name">Its name: letters, digits and hyphens.</param>
    /// <param name="create">Builds it.</param>
    /// <exception cref="ArgumentException">The name is taken or not possible.</exception>
    public static void Register(string name, Func<PriorContext, Prior> create)
    {
        ArgumentNullException.ThrowIfNull(create);
        Registry.Register(name, create);
    }

    /// <summary>Builds a prior.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="options">The model it is for.</param>
    /// <param name="features">How many features the model's condition has; 0 without a condition.</param>
    /// <param name="noise">What its initial parameters are drawn from.</param>
    internal static Prior Create(string name, ModelOptions options, int features, WeightNoise noise)
    {
        var prior = Registry.Find(name)(new PriorContext(options, features, noise));
        if (options.PriorComponents is null || prior.Components is not null)
            return prior;
        prior.Dispose();
        throw new SettingsException(
            $"The prior '{name}' has no components: omit PriorComponents, or choose the Prior '{Mixture}' or '{Vamp}'.");
    }

    private static ConditionalPrior Conditional(PriorContext context, bool learnsVariance) =>
        context.Features == 0
            ? throw new SettingsException(
                $"A prior that depends on the condition needs one: choose the Prior '{Standard}', or give the model a Condition.")
            : new ConditionalPrior(
                new PriorLayout(context.Features, context.Options.LatentSize, context.Options.Network), learnsVariance, context.Noise);

    private static int Components(string name, PriorContext context, int defaultComponents)
    {
        var options = context.Options;
        if (context.Features > 0)
        {
            throw new SettingsException(
                $"The prior '{name}' is for models without a condition, and this one has one: choose the Prior '{Standard}', 'mean' or "
                + "'mean-variance'.");
        }

        if (options.Posterior != Posteriors.Gaussian)
        {
            throw new SettingsException(
                $"Without a KL term, as in an autoencoder, the prior '{name}' cannot be trained: choose the Prior '{Standard}', or the "
                + $"Posterior '{Posteriors.Gaussian}'.");
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
