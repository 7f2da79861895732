using TorchSharp;
using static TorchSharp.torch;

namespace Elbo;

/// <summary>
/// p(z|c) = N(mu(c), I) or N(mu(c), diag sigma²(c)), with mu and log sigma² a network of the condition's features, affine by
/// default: for labels, a free mean (and variance) for each. The condition moves the place from which z is drawn (Sohn, Lee and Yan 2015 learn both).
/// </summary>
public sealed class ConditionalPrior : GaussianPrior
{
    private readonly MultilayerPerceptron _network;
    private readonly bool _learnsVariance;

    internal ConditionalPrior(int features, int latentSize, bool learnsVariance, NetworkOptions network, Generator generator)
        : base(nameof(ConditionalPrior))
    {
        _learnsVariance = learnsVariance;
        _network = new MultilayerPerceptron(
            features, 0, network.PriorHidden, learnsVariance ? 2 * latentSize : latentSize, network.Activation, generator);
        register_module("parameters", _network);
    }

    internal override DiagonalGaussian At(Tensor? features, DerivativeChain? chain)
    {
        ArgumentNullException.ThrowIfNull(features);
        var parameters = _network.Forward(features, null, chain);
        return _learnsVariance ? LogVarianceBound.Gaussian(parameters, chain) : new DiagonalGaussian(parameters);
    }
}
