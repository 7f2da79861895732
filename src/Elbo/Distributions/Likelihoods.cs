namespace Elbo;

/// <summary>The likelihoods by name.</summary>
internal static class Likelihoods
{
    public const string Default = "bernoulli";

    private static readonly Registry<Func<double?, Likelihood>> Registry = new("likelihood")
    {
        [Default] = WithoutSigma("A Bernoulli", () => new BernoulliLikelihood()),
        ["continuous-bernoulli"] = WithoutSigma("A continuous Bernoulli", () => new ContinuousBernoulliLikelihood()),
        ["gaussian"] = sigma => new GaussianLikelihood(sigma),
        ["gaussian-learned"] = sigma => new GaussianLikelihood(sigma, learned: true),
        ["gaussian-per-pixel"] = WithoutSigma("A per-pixel Gaussian", () => new GaussianPerPixelLikelihood()),
        ["discretized-logistic"] = WithoutSigma("A discretized logistic", () => new DiscretizedLogisticLikelihood()),
        ["categorical"] = WithoutSigma("A categorical", () => new CategoricalLikelihood()),
    };

    public static IReadOnlyCollection<string> Names => Registry.Names;

    public static Likelihood Create(string name, double? sigma) => Registry.Find(name)(sigma);

    private static Func<double?, Likelihood> WithoutSigma(string name, Func<Likelihood> create) => sigma => sigma is null
        ? create()
        : throw new SettingsException($"{name} likelihood has no sigma: omit --sigma, or choose --likelihood gaussian.");
}
