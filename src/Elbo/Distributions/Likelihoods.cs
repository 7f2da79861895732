namespace Elbo;

/// <summary>
/// The likelihoods by name: what <see cref="ModelOptions.Likelihood"/>, configurations and <c>--likelihood</c> take, without case. The
/// methods may be called from any thread.
/// </summary>
public static class Likelihoods
{
    /// <summary>Each value is zero or one: <see cref="BernoulliLikelihood"/>.</summary>
    public const string Bernoulli = "bernoulli";
    /// <summary><see cref="ContinuousBernoulliLikelihood"/>.</summary>
    public const string ContinuousBernoulli = "continuous-bernoulli";
    /// <summary>A Gaussian of fixed sigma: <see cref="GaussianLikelihood"/>.</summary>
    public const string Gaussian = "gaussian";
    /// <summary>A Gaussian whose sigma is learned.</summary>
    public const string GaussianLearned = "gaussian-learned";
    /// <summary>A Gaussian whose sigma the decoder outputs: <see cref="GaussianPerPixelLikelihood"/>.</summary>
    public const string GaussianPerPixel = "gaussian-per-pixel";
    /// <summary><see cref="DiscretizedLogisticLikelihood"/>.</summary>
    public const string DiscretizedLogistic = "discretized-logistic";
    /// <summary><see cref="CategoricalLikelihood"/>.</summary>
    public const string Categorical = "categorical";

    private static readonly Registry<Func<LikelihoodContext, Likelihood>> Registry = new("likelihood")
    {
        [Bernoulli] = WithoutSigma("A Bernoulli", _ => new BernoulliLikelihood()),
        [ContinuousBernoulli] = WithoutSigma("A continuous Bernoulli", _ => new ContinuousBernoulliLikelihood()),
        [Gaussian] = context => new GaussianLikelihood(context.Sigma, isBounded: context.IsUnitRange),
        [GaussianLearned] = context => new GaussianLikelihood(
            context.Sigma, learned: true, isBounded: context.IsUnitRange, sigmas: context.Shape.Image is null ? context.Shape.Size : 1),
        [GaussianPerPixel] = WithoutSigma("A per-pixel Gaussian", context => new GaussianPerPixelLikelihood(context.IsUnitRange)),
        [DiscretizedLogistic] = WithoutSigma("A discretized logistic", _ => new DiscretizedLogisticLikelihood()),
        [Categorical] = WithoutSigma("A categorical", _ => new CategoricalLikelihood()),
    };

    /// <summary>All names, in the order of registration.</summary>
    public static IReadOnlyCollection<string> Names => Registry.Names;

    /// <summary>The name as it was registered, of one that may differ in case.</summary>
    /// <exception cref="SettingsException">There is no such name.</exception>
    internal static string NameOf(string name) => Registry.NameOf(name);

    /// <summary>Registers a likelihood of your own, once, before the first model that names it.</summary>
    /// <param name="name">Its name: letters, digits and hyphens.</param>
    /// <param name="create">Builds it.</param>
    /// <exception cref="ArgumentException">The name is taken or not possible.</exception>
    public static void Register(string name, Func<LikelihoodContext, Likelihood> create)
    {
        ArgumentNullException.ThrowIfNull(create);
        Registry.Register(name, create);
    }

    /// <summary>Whether a likelihood is for values of a bounded range, which are not to be standardised.</summary>
    internal static bool IsBounded(string name)
    {
        using var likelihood = Create(name, new LikelihoodContext(ValueShape.Vector(1)));
        return likelihood.Support is not null;
    }

    /// <summary>Builds a likelihood.</summary>
    internal static Likelihood Create(string name, LikelihoodContext context) => Registry.Find(name)(context);

    private static Func<LikelihoodContext, Likelihood> WithoutSigma(string name, Func<LikelihoodContext, Likelihood> create) =>
        context => context.Sigma is null
            ? create(context)
            : throw new SettingsException($"{name} likelihood has no Sigma: omit Sigma, or choose the Likelihood 'gaussian'.");
}
