namespace Elbo;

/// <summary>
/// The families of posteriors by name: what <see cref="ModelOptions.Posterior"/>, configurations and <c>--posterior</c> take, without case.
/// The methods may be called from any thread.
/// </summary>
public static class Posteriors
{
    /// <summary>N(mu(x,c), diag sigma²(x,c)).</summary>
    public const string Gaussian = "gaussian";

    /// <summary>A point, as in an autoencoder.</summary>
    public const string Point = "point";

    /// <summary>The prior itself: codes are drawn from it in training too.</summary>
    public const string Prior = "prior";

    /// <summary>No code at all.</summary>
    public const string None = "none";

    private static readonly Registry<PosteriorFamily> Registry = new("posterior")
    {
        [Gaussian] = new(2, context => new GaussianEncoder(context.RequireNetwork())),
        [Point] = new(1, context => new PointEncoder(context.RequireNetwork())),
        [Prior] = new(0, context => new PriorEncoder(context.Prior)),
        [None] = new(0, _ => new NoEncoder()),
    };

    /// <summary>All names, in the order of registration.</summary>
    public static IReadOnlyCollection<string> Names => Registry.Names;

    /// <summary>The name as it was registered, of one that may differ in case.</summary>
    /// <exception cref="SettingsException">There is no such name.</exception>
    internal static string NameOf(string name) => Registry.NameOf(name);

    /// <summary>Registers a family of posteriors of your own, once, before the first model that names it.</summary>
    /// <param name="name">Its name: letters, digits and hyphens.</param>
    /// <param name="outputsPerDimension">The network outputs for each latent dimension; 0 for a posterior without a network.</param>
    /// <param name="create">Builds the encoder.</param>
    /// <exception cref="ArgumentException">The name is taken or not possible.</exception>
    public static void Register(string name, int outputsPerDimension, Func<PosteriorContext, Encoder> create)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(outputsPerDimension);
        ArgumentNullException.ThrowIfNull(create);
        Registry.Register(name, new PosteriorFamily(outputsPerDimension, create));
    }

    internal static int OutputsPerDimension(string name) => Registry.Find(name).OutputsPerDimension;

    internal static Encoder Create(string name, PosteriorContext context) => Registry.Find(name).Create(context);

    private sealed record PosteriorFamily(int OutputsPerDimension, Func<PosteriorContext, Encoder> Create);
}
