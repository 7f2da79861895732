using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace Samples;

// begin
/// <summary>p(z) = N(0, diag sigma²), the same for all examples, with variances that are learned.</summary>
internal sealed class ScaledPrior : GaussianPrior
{
    [ComponentName(Name = "log_variances")]
    private readonly Parameter _logVariances;

    public ScaledPrior(int latentSize)
        : base(nameof(ScaledPrior))
    {
        _logVariances = new Parameter(zeros(1, latentSize));
        register_parameter("log_variances", _logVariances);
    }

    public override DiagonalGaussian At(Tensor? features) => new(zeros_like(_logVariances), LogVarianceBound.Apply(_logVariances));
}
// end
