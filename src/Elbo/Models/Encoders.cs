namespace Elbo;

/// <summary>The families of posteriors by name, with the number of network outputs per latent dimension.</summary>
internal static class Encoders
{
    public const string Gaussian = "gaussian";
    public const string Point = "point";
    public const string None = "none";

    private static readonly Registry<PosteriorFamily> Registry = new("posterior")
    {
        [Gaussian] = new(2, (body, _) => new GaussianEncoder(body!)),
        [Point] = new(1, (body, _) => new PointEncoder(body!)),
        ["prior"] = new(0, (_, prior) => new PriorEncoder(prior)),
        [None] = new(0, (_, _) => new NoEncoder()),
    };

    public static IReadOnlyCollection<string> Names => Registry.Names;

    public static int OutputsPerDimension(string name) => Registry.Find(name).OutputsPerDimension;

    public static Encoder Create(string name, ConditionedModule? body, Prior prior) => Registry.Find(name).Create(body, prior);
}

/// <summary>One family of posteriors.</summary>
/// <param name="OutputsPerDimension">Network outputs per latent dimension; 0 without a network.</param>
/// <param name="Create">Creates an encoder from the network, if any, and the model's prior.</param>
internal sealed record PosteriorFamily(int OutputsPerDimension, Func<ConditionedModule?, Prior, Encoder> Create);
