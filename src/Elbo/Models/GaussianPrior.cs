using static TorchSharp.torch;

namespace Elbo;

/// <summary>The priors that are one diagonal Gaussian per condition; they differ only in how its parameters come about.</summary>
public abstract class GaussianPrior : Prior
{
    private protected GaussianPrior(string name)
        : base(name)
    {
    }

    /// <summary>The prior at given conditions.</summary>
    /// <param name="features">The condition's features, <c>[batch, features]</c>, or null without one.</param>
    /// <returns>N(mu_p(c), diag sigma_p²(c)), one row per condition (or one row that broadcasts).</returns>
    public DiagonalGaussian At(Tensor? features) => At(features, null);

    /// <summary>The prior at given conditions; the chain, where there is one, begins with the gradient of its parameters, side by side.</summary>
    internal abstract DiagonalGaussian At(Tensor? features, DerivativeChain? chain);

    /// <inheritdoc/>
    public override Tensor LogDensity(Tensor z, Tensor? features) => At(features).LogDensity(z);

    /// <inheritdoc/>
    public override Tensor Sample(Tensor epsilon, Tensor? features) => At(features).Sample(epsilon);

    /// <inheritdoc/>
    public override Tensor Standardize(Tensor z, Tensor? features) => At(features).Standardize(z);

    /// <inheritdoc/>
    public override Tensor? KullbackLeibler(LatentDistribution posterior, Tensor? features) =>
        posterior is DiagonalGaussian gaussian ? gaussian.KullbackLeibler(At(features)) : null;

    internal override PriorDraws Draw(Tensor epsilon, Tensor? features, DerivativeChain chain)
    {
        var prior = At(features, chain);
        return new PriorDraws(prior.Sample(epsilon), gradient =>
        {
            if (!chain.IsEmpty)
                chain.Back(prior.SampleGradient(epsilon, gradient));
        });
    }

    internal override PriorComparison Compare(LatentDistribution posterior, Tensor? features, DerivativeChain? chain)
    {
        var prior = At(features, chain);
        var coordinates = prior.Standardize(posterior.Mean);
        if (posterior is not DiagonalGaussian gaussian)
        {
            return new PriorComparison(null, coordinates, _ => throw new InvalidOperationException("There is no divergence to go back from."))
            {
                Density = z => Density(prior, z, chain),
            };
        }

        return new PriorComparison(gaussian.KullbackLeibler(prior), coordinates, gradient =>
        {
            var (own, others) = gaussian.KullbackLeiblerGradient(prior, gradient, toOther: chain is { IsEmpty: false });
            if (others is not null)
                chain!.Back(others);
            return own;
        })
        {
            Density = z => Density(prior, z, chain),
            Relative = () => gaussian.RelativeTo(prior),
            BackFromRelative = gradient =>
            {
                var (own, others) = gaussian.RelativeGradient(prior, gradient, toOther: chain is { IsEmpty: false });
                if (others is not null)
                    chain!.Back(others);
                return own;
            },
        };
    }

    private static PriorDensity Density(DiagonalGaussian prior, Tensor z, DerivativeChain? chain) => new(prior.LogDensity(z), gradient =>
    {
        var (toDraws, own) = prior.LogDensityGradient(z, gradient, toOwn: chain is { IsEmpty: false });
        if (own is not null)
            chain!.Back(own);
        return toDraws;
    });
}
