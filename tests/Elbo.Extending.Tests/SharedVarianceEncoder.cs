using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace Extending;

// begin
/// <summary>
/// q(z|x,c) = N(mu(x,c), diag sigma²): the network outputs the means; the variances are learned, and the same for all examples, as in the
/// exact posterior of a linear model (probabilistic PCA, Tipping and Bishop 1999).
/// </summary>
internal sealed class SharedVarianceEncoder : Encoder
{
    private readonly ConditionedModule _network;

    [ComponentName(Name = "log_variances")]
    private readonly Parameter _logVariances;

    public SharedVarianceEncoder(ConditionedModule network, int latentSize)
        : base(nameof(SharedVarianceEncoder))
    {
        _network = network;
        _logVariances = new Parameter(zeros(latentSize));
        register_module("network", network.Module);
        register_parameter("log_variances", _logVariances);
    }

    public override LatentDistribution Encode(Tensor pixels, Tensor? features)
    {
        var means = _network.Forward(pixels, features);
        return new DiagonalGaussian(means, LogVarianceBound.Apply(_logVariances).expand_as(means));
    }

    public override GraphDistribution Describe(GraphValue pixels, GraphValue? features)
    {
        var means = _network.Describe(pixels, features);
        return new GraphGaussian(means, means * 0 + LogVarianceBound.Apply(means.Graph.Constant(_logVariances)));
    }
}
// end
