using static TorchSharp.torch;

namespace Elbo;

/// <summary>
/// p(z|c) = N(mu(c), I) or N(mu(c), diag sigma²(c)), with mu and log sigma² affine in the condition's features (for labels, a free mean,
/// and variance, for each) or computed from them by hidden layers (<see cref="NetworkOptions.PriorHidden"/>). The condition moves the mean
/// of the distribution that z is drawn from (Sohn, Lee and Yan 2015 learn both).
/// </summary>
public sealed class ConditionalPrior : GaussianPrior
{
    internal ConditionalPrior(PriorLayout layout, bool learnsVariance, WeightNoise noise)
        : base(nameof(ConditionalPrior))
    {
        LearnsVariance = learnsVariance;
        var outputs = learnsVariance ? 2 * layout.LatentSize : layout.LatentSize;
        Network = new MultilayerPerceptron(
            inputs: layout.Features, features: 0, layout.Network.PriorHidden, outputs, layout.Network.Activation, noise);
        register_module("parameters", Network);
    }

    internal bool LearnsVariance { get; }

    /// <summary>From the features to mu, or to mu and the raw log sigma² side by side.</summary>
    internal MultilayerPerceptron Network { get; }

    /// <inheritdoc/>
    public override DiagonalGaussian At(Tensor? features)
    {
        ArgumentNullException.ThrowIfNull(features);
        var parameters = Network.forward(input: features, features: null);
        return LearnsVariance ? LogVarianceBound.Gaussian(parameters) : new DiagonalGaussian(parameters);
    }

    /// <inheritdoc/>
    public override GraphDistribution Describe(GraphBuilder graph, GraphValue? features)
    {
        ArgumentNullException.ThrowIfNull(features);
        var parameters = Network.Describe(input: features, features: null);
        return LearnsVariance ? LogVarianceBound.Gaussian(parameters) : new GraphGaussian(parameters);
    }
}
