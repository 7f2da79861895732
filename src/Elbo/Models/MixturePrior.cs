using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace Elbo;

/// <summary>p(z) = Σ_k w_k N(mu_k, diag sigma_k²) with weights, means and variances learned, each its own parameter.</summary>
public sealed class MixturePrior : ComponentPrior
{
    internal const int DefaultComponents = 10;

    // The first means are this far from zero in each dimension, on average, and the variances fill up to one: as a whole about N(0, I).
    private const double FirstSpread = 0.7;

    [ComponentName(Name = "means")]
    private readonly Parameter _means;

    [ComponentName(Name = "log_variances")]
    private readonly Parameter _logVariances;

    [ComponentName(Name = "weights")]
    private readonly Parameter _weights;

    internal MixturePrior(int components, int latentSize, Generator generator)
        : base(nameof(MixturePrior), components)
    {
        using var unit = randn([components, latentSize], float32, generator: generator);
        _means = new Parameter(unit * Number(FirstSpread));
        _logVariances = new Parameter(full([components, latentSize], Number(Math.Log(1 - FirstSpread * FirstSpread)), float32));
        _weights = new Parameter(zeros(components));
        register_parameter("means", _means);
        register_parameter("log_variances", _logVariances);
        register_parameter("weights", _weights);
    }

    internal override GaussianMixture Mixture() => new(_means, LogVarianceBound.Apply(_logVariances), _weights.log_softmax(0));
}
