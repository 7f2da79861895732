using TorchSharp;
using static TorchSharp.torch;

namespace Elbo;

/// <summary>
/// p(z|c) = N(mu(c), I) or N(mu(c), diag sigma²(c)), with mu and log sigma² affine in the condition's features: for labels, a free mean (and
/// variance) for each. The condition moves the place from which z is drawn (Sohn, Lee and Yan 2015 learn both).
/// </summary>
public sealed class ConditionalPrior : GaussianPrior
{
    private readonly Dense _affine;
    private readonly bool _learnsVariance;

    internal ConditionalPrior(int features, int latentSize, bool learnsVariance, Generator generator)
        : base(nameof(ConditionalPrior))
    {
        _learnsVariance = learnsVariance;
        _affine = new Dense(features, learnsVariance ? 2 * latentSize : latentSize, generator);
        register_module("parameters", _affine);
    }

    internal override DiagonalGaussian At(Tensor? features, DerivativeChain? chain)
    {
        ArgumentNullException.ThrowIfNull(features);
        var parameters = _affine.Forward(features, chain);
        return _learnsVariance ? LogVarianceBound.Gaussian(parameters, chain) : new DiagonalGaussian(parameters);
    }
}
