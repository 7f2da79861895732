using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace Elbo;

/// <summary>
/// p(z) = Σ_k w_k N(mu_k, diag sigma_k²) with learned weights, means and variances. The KL to a mixture has no closed form, so it is a
/// Monte Carlo estimate.
/// </summary>
public sealed class MixturePrior : Prior
{
    internal const int DefaultComponents = 10;

    // The standard deviation of the initial means in each dimension; the variances are chosen so that the mixture is about N(0, I).
    private const double InitialSpread = 0.7;

    [ComponentName(Name = "means")]
    private readonly Parameter _means;

    [ComponentName(Name = "log_variances")]
    private readonly Parameter _logVariances;

    [ComponentName(Name = "weights")]
    private readonly Parameter _weights;

    internal MixturePrior(int components, int latentSize, WeightNoise noise)
        : base(nameof(MixturePrior))
    {
        using var unit = noise.Normal(components, latentSize);
        _means = new Parameter(unit * Number(InitialSpread));
        _logVariances = new Parameter(full([components, latentSize], Number(Math.Log(1 - InitialSpread * InitialSpread)), float32));
        _weights = new Parameter(zeros(components));
        register_parameter("means", _means);
        register_parameter("log_variances", _logVariances);
        register_parameter("weights", _weights);
    }

    /// <inheritdoc/>
    public override int? Components => (int)_means.shape[0];

    /// <inheritdoc/>
    public override LatentDistribution At(Tensor? features) =>
        new GaussianMixture(_means, LogVarianceBound.Apply(_logVariances), _weights.log_softmax(0));

    /// <inheritdoc/>
    public override GraphDistribution Describe(GraphBuilder graph, GraphValue? features)
    {
        ArgumentNullException.ThrowIfNull(graph);
        return new GraphMixture(
            graph.Constant(_means), LogVarianceBound.Apply(graph.Constant(_logVariances)), graph.Constant(_weights).LogSoftmax(0));
    }
}
