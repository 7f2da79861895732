using TorchSharp;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace Elbo;

/// <summary>
/// Each number is normal around the decoder's mean with one sigma for all, or a learned one for each column of rows: log p(x) = -½ [ log 2π
/// + 2 log sigma + (x - mean)² / sigma² ]. The mean is the decoder's output, or for values in 0..1, such as pixels, the logistic function
/// of it. At sigma = sqrt(1/2), the default, -log p is the squared error of the L2 view of a VAE plus a constant.
/// </summary>
public sealed class GaussianLikelihood : Likelihood
{
    /// <summary>sqrt(1/2): at this sigma -log p is the squared error plus a constant.</summary>
    public static readonly double DefaultSigma = Math.Sqrt(0.5);

    /// <summary>The minimum of a learned sigma, 1/256: a smaller one would only fit the rounding of pixels to bytes.</summary>
    public const double MinimumLearnedSigma = 1.0 / 256;

    private readonly double _sigma;
    private readonly bool _isBounded;

    [ComponentName(Name = "raw_sigma")]
    private readonly Parameter? _rawSigma;

    /// <summary>A Gaussian likelihood whose sigma is fixed, or learned from a starting value.</summary>
    /// <param name="sigma">The fixed sigma, or the one at which learning starts.</param>
    /// <param name="learned">Whether sigma is a parameter: sigma = 1/256 + softplus(raw).</param>
    /// <param name="sigmas">The number of learned sigmas: one for all numbers of a value, or one for each.</param>
    /// <param name="isBounded">Whether the mean stays in 0..1, as the logistic function of the decoder's output.</param>
    /// <exception cref="SettingsException">Sigma is not a positive finite number, or not above the bound of a learned one.</exception>
    public GaussianLikelihood(double? sigma = null, bool learned = false, bool isBounded = true, int sigmas = 1)
        : base(nameof(GaussianLikelihood))
    {
        _sigma = sigma ?? DefaultSigma;
        _isBounded = isBounded;
        var minimum = learned ? MinimumLearnedSigma : 0;
        if (!double.IsFinite(_sigma) || _sigma <= minimum)
            throw new SettingsException($"The likelihood's sigma is {_sigma}, but it must be a finite number above {minimum}.");
        if (!learned)
            return;
        var aboveBound = _sigma - MinimumLearnedSigma;
        var raw = (float)(aboveBound + Math.Log(1 - Math.Exp(-aboveBound)));
        _rawSigma = new Parameter(sigmas == 1 ? tensor(raw) : full(sigmas, Number(raw), float32));
        register_parameter("raw_sigma", _rawSigma);
    }

    /// <summary>sigma where it is fixed, or null.</summary>
    public double? FixedSigma => _rawSigma is null ? _sigma : null;

    /// <summary>Whether the mean is the logistic function of the decoder's output.</summary>
    internal bool IsBounded => _isBounded;

    /// <summary>sigma, a scalar or <c>[values]</c>, with its gradient where it is learned.</summary>
    public Tensor Sigma => _rawSigma is null ? tensor(_sigma, float64) : _rawSigma.Softplus().Plus(MinimumLearnedSigma);

    /// <inheritdoc/>
    public override Tensor LogDensityPerValue(Tensor output, Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        var error = x - Mean(output);
        if (_rawSigma is null)
            return NormalDensity.Log(error * Number(1 / _sigma), 2 * Math.Log(_sigma));
        var sigma = Sigma;
        return NormalDensity.Log(error / sigma, sigma.log() * Number(2));
    }

    /// <inheritdoc/>
    public override Tensor Mean(Tensor output) => _isBounded ? sigmoid(output) : output;

    /// <inheritdoc/>
    public override Tensor Draw(Tensor output, Tensor uniform)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(uniform);
        return Mean(output).Plus(uniform.NormalQuantile() * Sigma.to(output.dtype).to(output.device));
    }

    /// <inheritdoc/>
    public override GraphValue DescribeMean(GraphValue output)
    {
        ArgumentNullException.ThrowIfNull(output);
        return _isBounded ? output.Sigmoid() : output;
    }

    /// <inheritdoc/>
    public override GraphValue DescribeLogDensityPerValue(GraphValue output, GraphValue x)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(x);
        // A learned sigma is computed in the graph, which names the parameter: a scalar, or one for each column.
        var sigma = _rawSigma is null
            ? output.Graph.Constant([(float)_sigma])
            : output.Graph.Constant(_rawSigma).Softplus() + MinimumLearnedSigma;
        return NormalDensity.Log((x - DescribeMean(output)) / sigma, sigma.Log() * 2);
    }
}
