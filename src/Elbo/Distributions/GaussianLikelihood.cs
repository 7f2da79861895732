using TorchSharp;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace Elbo;

/// <summary>
/// Each value is normal around the decoder's mean with one sigma for all: log p(x) = -½ [ log 2π + 2 log sigma + (x - mean)² / sigma² ].
/// The mean is the logistic function of the decoder's output, so it stays in 0..1 as pixels do. At sigma = sqrt(1/2), the default, -log p is
/// the squared error of the L2 view of a VAE plus a constant.
/// </summary>
public sealed class GaussianLikelihood : Likelihood
{
    /// <summary>sqrt(1/2): at this sigma -log p is the squared error plus a constant.</summary>
    public static readonly double DefaultSigma = Math.Sqrt(0.5);

    /// <summary>A learned sigma never falls below one 256th: a finer one would only measure how pixels were rounded to bytes.</summary>
    public const double MinimumLearnedSigma = 1.0 / 256;

    private static readonly double LogTwoPi = Math.Log(2 * Math.PI);

    private readonly double _sigma;

    [ComponentName(Name = "raw_sigma")]
    private readonly Parameter? _rawSigma;

    /// <summary>A Gaussian likelihood whose sigma is fixed, or learned from a starting value.</summary>
    /// <param name="sigma">The fixed sigma, or the one at which learning starts.</param>
    /// <param name="learned">Whether sigma is a parameter: sigma = 1/256 + softplus(raw).</param>
    /// <exception cref="ConfigurationException">Sigma is not a positive finite number, or not above the bound of a learned one.</exception>
    public GaussianLikelihood(double? sigma = null, bool learned = false)
        : base(nameof(GaussianLikelihood))
    {
        _sigma = sigma ?? DefaultSigma;
        var least = learned ? MinimumLearnedSigma : 0;
        if (!double.IsFinite(_sigma) || _sigma <= least)
            throw new ConfigurationException($"The likelihood's sigma is {_sigma}, but it must be a finite number above {least}.");
        if (!learned)
            return;
        var aboveBound = _sigma - MinimumLearnedSigma;
        _rawSigma = new Parameter(tensor((float)(aboveBound + Math.Log(1 - Math.Exp(-aboveBound)))));
        register_parameter("raw_sigma", _rawSigma);
    }

    /// <summary>sigma where it is fixed, or null.</summary>
    internal double? FixedSigma => _rawSigma is null ? _sigma : null;

    /// <summary>sigma as a scalar tensor, with its gradient where it is learned.</summary>
    public Tensor Sigma => _rawSigma is null ? tensor(_sigma, float64) : _rawSigma.Softplus().Plus(MinimumLearnedSigma);

    /// <inheritdoc/>
    public override Tensor LogDensityPerValue(Tensor output, Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        var error = x - Mean(output);
        if (_rawSigma is null)
            return LogDensityOfError(error);
        var sigma = Sigma;
        return (error / sigma).Squared() * Number(-0.5) - sigma.log() - Number(0.5 * LogTwoPi);
    }

    internal override Tensor LogDensity(Tensor output, Tensor x, Tensor? mask, DerivativeChain chain)
    {
        if (_rawSigma is not null)
            return base.LogDensity(output, x, mask, chain);
        var mean = output.sigmoid_();
        var error = chain.Workspace.Take(mean, mean.numel() / x.shape[1], x.shape[1]).view_as(mean).copy_(x).sub_(mean);
        // d log p / d output = (x - mean) / sigma² · mean · (1 - mean).
        chain.Add(gradient =>
        {
            var toOutput = addcmul(mean, mean, mean, Number(-1)).mul_(error).mul_(gradient.unsqueeze(-1) * Number(1 / (_sigma * _sigma)));
            return mask is null ? toOutput : toOutput.mul_(mask);
        });
        var perValue = LogDensityOfError(error);
        return (mask is null ? perValue : perValue.mul_(mask)).sum(-1);
    }

    /// <inheritdoc/>
    public override Tensor Mean(Tensor output) => sigmoid(output);

    /// <inheritdoc/>
    public override Tensor Draw(Tensor output, Generator generator)
    {
        ArgumentNullException.ThrowIfNull(output);
        var noise = randn(output.shape, output.dtype, output.device, generator: generator);
        return Mean(output).Plus(noise * Sigma.to(output.dtype).to(output.device));
    }

    private Tensor LogDensityOfError(Tensor error) =>
        error.Squared() * Number(-0.5 / (_sigma * _sigma)) - Number(0.5 * LogTwoPi + Math.Log(_sigma));
}
