namespace Elbo;

/// <summary>The families of posteriors a configuration can name, with the numbers each asks of its network per latent dimension.</summary>
internal static class Encoders
{
    public const string Gaussian = "gaussian";
    public const string Point = "point";

    private static readonly Registry<(int OutputsPerDimension, Func<ConditionedModule, Encoder> Create)> Registry = new("posterior")
    {
        [Gaussian] = (2, body => new GaussianEncoder(body)),
        [Point] = (1, body => new PointEncoder(body)),
    };

    public static IReadOnlyCollection<string> Names => Registry.Names;

    public static int OutputsPerDimension(string name) => Registry.Find(name).OutputsPerDimension;

    public static Encoder Create(string name, ConditionedModule body) => Registry.Find(name).Create(body);
}
