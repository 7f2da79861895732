using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace Elbo.Tests;

// begin
/// <summary>p(z|c) = N(mu(c), diag sigma²): the condition moves the mean; the variances are learned, and the same for all conditions.</summary>
internal sealed class SharedVariancePrior : GaussianPrior
{
    private readonly Dense _means;

    [ComponentName(Name = "log_variances")]
    private readonly Parameter _logVariances;

    public SharedVariancePrior(int features, int latentSize, Generator generator)
        : base(nameof(SharedVariancePrior))
    {
        if (features == 0)
            throw new ConfigurationException("A prior that depends on the condition needs one: choose --prior standard, or the preset cvae.");
        _means = new Dense(features, latentSize, generator);
        _logVariances = new Parameter(zeros(latentSize));
        register_module("means", _means);
        register_parameter("log_variances", _logVariances);
    }

    internal override DiagonalGaussian At(Tensor? features, DerivativeChain? chain)
    {
        ArgumentNullException.ThrowIfNull(features);
        var means = _means.Forward(features, chain);
        var logVariances = LogVarianceBound.Apply(_logVariances);
        chain?.Add(gradient =>
        {
            // The variances are added to what leaves the layer of means: their part of the gradient goes no further.
            var halves = gradient.chunk(2, -1);
            var slope = One.Minus((logVariances / Number(LogVarianceBound.Limit)).Squared());
            ParameterGradients.Add(_logVariances, halves[1].sum(dim: 0) * slope);
            return halves[0];
        });
        return new DiagonalGaussian(means, logVariances.expand_as(means));
    }
}
// end
