namespace Elbo;

/// <summary>The likelihoods a configuration can name.</summary>
internal static class Likelihoods
{
    public const string Default = "bernoulli";

    private static readonly Registry<Func<double?, Likelihood>> Registry = new("likelihood")
    {
        [Default] = sigma => sigma is null
            ? new BernoulliLikelihood()
            : throw new ConfigurationException("A Bernoulli likelihood has no sigma: leave --sigma out, or choose --likelihood gaussian."),
        ["gaussian"] = sigma => new GaussianLikelihood(sigma),
        ["gaussian-learned"] = sigma => new GaussianLikelihood(sigma, learned: true),
    };

    public static IReadOnlyCollection<string> Names => Registry.Names;

    public static Likelihood Create(string name, double? sigma) => Registry.Find(name)(sigma);
}
