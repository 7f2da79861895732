using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace Extending;

// begin
/// <summary>
/// p(z|c) = N(mu(c), diag sigma²): the condition moves the mean; the variances are learned, and the same for all conditions.
/// </summary>
internal sealed class SharedVariancePrior : GaussianPrior
{
    private readonly Dense _means;

    [ComponentName(Name = "log_variances")]
    private readonly Parameter _logVariances;

    public SharedVariancePrior(int features, int latentSize, WeightNoise noise)
        : base(nameof(SharedVariancePrior))
    {
        if (features == 0)
            throw new SettingsException("A prior that depends on the condition needs one: choose the Prior 'standard'.");
        _means = new Dense(features, latentSize, noise);
        _logVariances = new Parameter(zeros(latentSize));
        register_module("means", _means);
        register_parameter("log_variances", _logVariances);
    }

    public override DiagonalGaussian At(Tensor? features)
    {
        ArgumentNullException.ThrowIfNull(features);
        var means = _means.forward(features);
        return new DiagonalGaussian(means, LogVarianceBound.Apply(_logVariances).expand_as(means));
    }

    public override GraphDistribution Describe(GraphBuilder graph, GraphValue? features)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(features);
        var means = _means.Describe(features);
        return new GraphGaussian(means, means * 0 + LogVarianceBound.Apply(graph.Constant(_logVariances)));
    }
}
// end
