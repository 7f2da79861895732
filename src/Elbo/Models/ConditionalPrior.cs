using TorchSharp;
using static TorchSharp.torch;

namespace Elbo;

/// <summary>
/// p(z|c) = N(mu(c), I) or N(mu(c), diag sigma²(c)), with mu and log sigma² affine in the condition's features (for labels, a free mean, and
/// variance, for each) or computed from them by hidden layers (<see cref="NetworkOptions.PriorHidden"/>). The condition moves the place from
/// which z is drawn (Sohn, Lee and Yan 2015 learn both).
/// </summary>
public sealed class ConditionalPrior : GaussianPrior
{
    private readonly Func<Tensor, DerivativeChain?, Tensor> _toParameters;
    private readonly bool _learnsVariance;

    internal ConditionalPrior(PriorLayout layout, bool learnsVariance, Generator generator)
        : base(nameof(ConditionalPrior))
    {
        _learnsVariance = learnsVariance;
        var outputs = learnsVariance ? 2 * layout.LatentSize : layout.LatentSize;
        if (layout.Network.PriorHidden.Count == 0)
        {
            var affine = new Dense(layout.Features, outputs, generator);
            _toParameters = (features, chain) => affine.Forward(features, chain);
            register_module("parameters", affine);
            return;
        }

        var layers = new MultilayerPerceptron(
            layout.Features, 0, layout.Network.PriorHidden, outputs, layout.Network.Activation, generator);
        _toParameters = (features, chain) => layers.Forward(features, null, chain);
        register_module("parameters", layers);
    }

    internal override DiagonalGaussian At(Tensor? features, DerivativeChain? chain)
    {
        ArgumentNullException.ThrowIfNull(features);
        var parameters = _toParameters(features, chain);
        return _learnsVariance ? LogVarianceBound.Gaussian(parameters, chain) : new DiagonalGaussian(parameters);
    }
}
