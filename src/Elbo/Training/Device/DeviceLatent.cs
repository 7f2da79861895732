using static TorchSharp.torch;

namespace Elbo;

/// <summary>
/// The draw z, the KL per dimension and their gradients, for a Gaussian or point posterior and a Gaussian prior. As one script they take a
/// third of the time of single calls, because the tensors are small and the calls dominate.
/// </summary>
/// <param name="size">The number of latent dimensions.</param>
/// <param name="isGaussian">Whether the posterior is a Gaussian; else it is a point.</param>
/// <param name="priorLearnsVariance">Whether the prior's network outputs log-variances too; null for the prior N(0, I).</param>
internal sealed class DeviceLatent(int size, bool isGaussian, bool? priorLearnsVariance)
{
    // posterior and prior are the networks' outputs, means and raw log-variances side by side; an empty prior stands for N(0, I), and one
    // of half the width for unit variance. l is log sigma_q² - log sigma_p². bounded() is LogVarianceBound, spread() ExpMinusOneMinusX:
    // on a GPU, where the number of operations counts, a difference in float64, of which float32 keeps every digit.
    private static readonly CompiledScript Script = new(
        """
        def bounded(raw: Tensor) -> Tensor:
            return torch.tanh(raw / 14.0) * 14.0

        def spread(x: Tensor) -> Tensor:
            if x.is_cuda and x.dtype == 6:  # float32
                wide = x.double()
                return (torch.expm1(wide) - wide).float()
            near = x.abs() < 0.25
            s = torch.where(near, x, torch.zeros_like(x))
            p = torch.full_like(s, 1.0 / 19958400.0)
            for c in [1814400.0, 181440.0, 20160.0, 2520.0, 360.0, 60.0, 12.0, 3.0, 1.0]:
                p = p * s + 1.0 / c
            return torch.where(near, s * s * 0.5 * p, torch.expm1(x) - x)

        def forward(posterior: Tensor, prior: Tensor, noise: Tensor, n: int) -> List[Tensor]:
            mean = posterior.narrow(1, 0, n)
            log_variance = bounded(posterior.narrow(1, n, n))
            deviation = torch.exp(log_variance * 0.5)
            z = torch.addcmul(mean, deviation, noise)
            offset = mean
            l = log_variance
            # Not read where the prior learns no variance.
            prior_log_variance = mean
            if prior.size(1) > 0:
                offset = mean - prior.narrow(1, 0, n)
            if prior.size(1) > n:
                prior_log_variance = bounded(prior.narrow(1, n, n))
                l = log_variance - prior_log_variance
                offset = offset * torch.exp(prior_log_variance * -0.5)
            kl = (offset * offset + spread(l)) * 0.5
            return [z, kl, offset, log_variance, deviation, l, prior_log_variance]

        def backward(to_code: Tensor, to_kl: Tensor, noise: Tensor, offset: Tensor, log_variance: Tensor, deviation: Tensor,
                     l: Tensor, prior_log_variance: Tensor, n: int, prior_width: int) -> List[Tensor]:
            to_offset = offset * to_kl
            if prior_width > n:
                to_offset = to_offset * torch.exp(prior_log_variance * -0.5)
            to_spread = torch.expm1(l) * to_kl * 0.5
            to_log_variance = to_code * noise * deviation * 0.5 + to_spread
            slope = 1.0 - (log_variance / 14.0) * (log_variance / 14.0)
            result = [torch.cat([to_code + to_offset, to_log_variance * slope], 1)]
            if prior_width > n:
                prior_slope = 1.0 - (prior_log_variance / 14.0) * (prior_log_variance / 14.0)
                to_prior_log_variance = -to_spread - offset * offset * to_kl * 0.5
                result.append(torch.cat([-to_offset, to_prior_log_variance * prior_slope], 1))
            elif prior_width > 0:
                result.append(-to_offset)
            return result

        """);

    private readonly int _priorWidth = priorLearnsVariance switch { null => 0, false => size, true => 2 * size };
    private Tensor[] _saved = [];
    private Tensor? _noise;

    /// <summary>z, the KL per dimension, or null without that term, and the means in the prior's own coordinates.</summary>
    public (Tensor Code, Tensor? Kl, Tensor Coordinates) Forward(Tensor posterior, Tensor? prior, Tensor noise)
    {
        var rows = posterior.shape[0];
        prior ??= empty(rows, 0, posterior.dtype, posterior.device);
        if (!isGaussian)
            return (posterior, null, Coordinates(posterior, prior));
        _noise = noise;
        _saved = (Tensor[])Script.Invoke("forward", posterior, prior, noise, size);
        return (_saved[0], _saved[1], _saved[2]);
    }

    /// <summary>
    /// The gradients of the networks' outputs from those of z and of the KL per dimension; none for a prior without a network.
    /// </summary>
    public (Tensor ToPosterior, Tensor? ToPrior) Backward(Tensor toCode, Tensor? toKl)
    {
        if (!isGaussian)
            return (toCode, null);
        var gradients = (Tensor[])Script.Invoke(
            "backward", toCode, toKl ?? toCode.new_zeros(1), _noise!, _saved[2], _saved[3], _saved[4], _saved[5], _saved[6], size,
            _priorWidth);
        return (gradients[0], toKl is null || _priorWidth == 0 ? null : gradients[1]);
    }

    private Tensor Coordinates(Tensor point, Tensor prior) => _priorWidth switch
    {
        0 => point,
        _ when _priorWidth == size => point - prior,
        _ => LogVarianceBound.Gaussian(prior).Standardize(point),
    };
}
