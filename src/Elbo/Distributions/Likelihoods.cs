namespace Elbo;

/// <summary>The likelihoods by name.</summary>
internal static class Likelihoods
{
    public const string Default = "bernoulli";
    public const string ContinuousBernoulli = "continuous-bernoulli";
    public const string Gaussian = "gaussian";
    public const string GaussianLearned = "gaussian-learned";
    public const string GaussianPerPixel = "gaussian-per-pixel";
    public const string DiscretizedLogistic = "discretized-logistic";
    public const string Categorical = "categorical";

    private static readonly Registry<Func<LikelihoodContext, Likelihood>> Registry = new("likelihood")
    {
        [Default] = WithoutSigma("A Bernoulli", _ => new BernoulliLikelihood()),
        [ContinuousBernoulli] = WithoutSigma("A continuous Bernoulli", _ => new ContinuousBernoulliLikelihood()),
        [Gaussian] = context => new GaussianLikelihood(context.Sigma, isBounded: context.IsUnitRange),
        [GaussianLearned] = context => new GaussianLikelihood(
            context.Sigma, learned: true, isBounded: context.IsUnitRange, sigmas: context.Shape.Image is null ? context.Shape.Size : 1),
        [GaussianPerPixel] = WithoutSigma("A per-pixel Gaussian", context => new GaussianPerPixelLikelihood(context.IsUnitRange)),
        [DiscretizedLogistic] = WithoutSigma("A discretized logistic", _ => new DiscretizedLogisticLikelihood()),
        [Categorical] = WithoutSigma("A categorical", _ => new CategoricalLikelihood()),
    };

    public static IReadOnlyCollection<string> Names => Registry.Names;

    /// <summary>Whether a likelihood is for values of a bounded range, which are not to be standardised.</summary>
    public static bool IsBounded(string name)
    {
        using var likelihood = Create(name, new LikelihoodContext(ValueShape.Vector(1)));
        return likelihood.Support is not null;
    }

    public static Likelihood Create(string name, LikelihoodContext context) => Registry.Find(name)(context);

    private static Func<LikelihoodContext, Likelihood> WithoutSigma(string name, Func<LikelihoodContext, Likelihood> create) =>
        context => context.Sigma is null
            ? create(context)
            : throw new SettingsException($"{name} likelihood has no Sigma: omit Sigma, or choose the Likelihood 'gaussian'.");
}
