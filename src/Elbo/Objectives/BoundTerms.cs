using static TorchSharp.torch;

namespace Elbo;

/// <summary>
/// The terms of -log p(x|c) &lt;= reconstruction + KL for each example of a batch, in nats and without weights.
/// </summary>
/// <param name="Reconstruction">-E_q[log p(x|z,c)], estimated by the mean over the draws of z, <c>[batch]</c>.</param>
/// <param name="KullbackLeibler">
/// KL(q(z|x,c) || p(z|c)) per dimension, <c>[batch, latent]</c>, or null for a model without that term. Where the prior has no closed
/// form of it, it is an estimate from the draws of z, and that of the whole code, <c>[batch, 1]</c>.
/// </param>
/// <param name="Coordinates">
/// (mu_q - mu_p(c)) / sigma_p(c), <c>[batch, latent]</c>, without gradient: the posterior's mean in the prior's own coordinates. For a prior that is
/// a mixture mu_p and sigma_p are the mean and the standard deviation of all of it.
/// </param>
public sealed record BoundTerms(Tensor Reconstruction, Tensor? KullbackLeibler, Tensor Coordinates)
{
    private readonly Lazy<Tensor>? _logWeights;
    private readonly Lazy<RelativePosterior>? _relative;
    private readonly Lazy<Tensor>? _fromPrior;

    /// <summary>
    /// log w_k = log p(x|z_k,c) + log p(z_k|c) - log q(z_k|x,c) of each draw, <c>[batch]</c> for a single one or <c>[samples, batch]</c>.
    /// They are computed when they are first asked for; not every objective does.
    /// </summary>
    internal Tensor LogWeights => _logWeights?.Value ?? throw new InvalidOperationException("A point has no density to weigh draws by.");

    /// <summary>
    /// -E_p(z|c)[log p(x|z,c)], the reconstruction by codes from the prior, estimated by the mean over as many draws, <c>[batch]</c>. It is
    /// computed when it is first asked for.
    /// </summary>
    internal Tensor FromPrior => _fromPrior?.Value ?? throw new InvalidOperationException("Nothing was said on how to draw from the prior.");

    /// <summary>How <see cref="FromPrior"/> is computed.</summary>
    internal Func<Tensor>? DrawFromPrior
    {
        init => _fromPrior = value is null ? null : new Lazy<Tensor>(value);
    }

    /// <summary>How the weights are computed, for a model whose posterior has a density.</summary>
    internal Func<Tensor>? WeighDraws
    {
        init => _logWeights = value is null ? null : new Lazy<Tensor>(value);
    }

    /// <summary>The posteriors in the prior's own coordinates, computed when they are first asked for.</summary>
    internal RelativePosterior Relative => _relative?.Value
        ?? throw new ConfigurationException("The objective asks for a prior that is a Gaussian: choose another --prior, or another --objective.");

    /// <summary>How those are computed, for a model whose posterior and prior are Gaussians.</summary>
    internal Func<RelativePosterior>? Relate
    {
        init => _relative = value is null ? null : new Lazy<RelativePosterior>(value);
    }
}
