using static TorchSharp.torch;

namespace Elbo;

/// <summary>
/// The terms of -log p(x|c) &lt;= reconstruction + Σ KL for each example of a batch, in nats and without weights, and further
/// quantities for objectives, which are computed on first use.
/// </summary>
/// <remarks>
/// Its tensors belong to the dispose scope (<c>torch.NewDisposeScope()</c>) in which the pass was made; a quantity that is computed on
/// first use belongs to the scope of that use.
/// </remarks>
public sealed class BoundTerms
{
    private readonly Lazy<Tensor> _logWeights;
    private readonly Lazy<Tensor> _coordinates;
    private readonly Lazy<Tensor>? _priorReconstruction;

    /// <summary>The terms of a pass.</summary>
    /// <param name="logLikelihood">log p(x|z,c) of each draw, <c>[batch]</c> or <c>[draws, batch]</c>.</param>
    /// <param name="latents">The latent variables of the pass.</param>
    /// <param name="priorLogLikelihood">log p(x|z,c) at draws from the prior; null if it is not available.</param>
    internal BoundTerms(Tensor logLikelihood, IReadOnlyList<LatentVariable> latents, Func<Tensor>? priorLogLikelihood = null)
    {
        (LogLikelihood, Latents) = (logLikelihood, latents);
        Reconstruction = MeanOverDraws(logLikelihood).negative();
        KlTerms = [.. latents.Where(latent => latent.HasKl).Select(latent => latent.Kl())];
        _logWeights = new(ComputeLogWeights);
        _coordinates = new(() => cat(
            [.. latents.Select(latent => latent.Coordinates()).Select(rows => rows.expand(Reconstruction.shape[0], rows.shape[1]))], 1));
        _priorReconstruction = priorLogLikelihood is null ? null : new(() => MeanOverDraws(priorLogLikelihood()).negative());
    }

    /// <summary>Terms that were computed elsewhere, without the further quantities.</summary>
    internal BoundTerms(Tensor reconstruction, IReadOnlyList<KlTerm> klTerms, Tensor coordinates)
    {
        (Reconstruction, KlTerms, LogLikelihood, Latents) = (reconstruction, klTerms, reconstruction.negative(), []);
        _logWeights = new(ComputeLogWeights);
        _coordinates = new(() => coordinates);
    }

    /// <summary>The reconstruction, the KL terms and the coordinates in memory of their own, without the further quantities.</summary>
    internal BoundTerms Copy() => new(
        Reconstruction.detach().clone(),
        [.. KlTerms.Select(term => term with { Values = term.Values.detach().clone() })],
        Coordinates.detach().clone());

    /// <summary>-E_q[log p(x|z,c)], estimated by the mean over the draws of z, <c>[batch]</c>.</summary>
    public Tensor Reconstruction { get; }

    /// <summary>The KL term of each latent group that has one.</summary>
    public IReadOnlyList<KlTerm> KlTerms { get; }

    /// <summary>The latent variables of the pass: posterior, prior and draw of each group.</summary>
    public IReadOnlyList<LatentVariable> Latents { get; }

    /// <summary>log p(x|z,c) of each draw, <c>[batch]</c> or <c>[draws, batch]</c>.</summary>
    public Tensor LogLikelihood { get; }

    /// <summary>
    /// (mu_q - mu_p(c)) / sigma_p(c), <c>[batch, latent]</c>, without gradient: the posteriors' means in the prior's own coordinates, the
    /// groups side by side. For a prior that is a mixture mu_p and sigma_p are the mean and standard deviation of the mixture.
    /// </summary>
    public Tensor Coordinates => _coordinates.Value;

    /// <summary>
    /// log w_k = log p(x|z_k,c) + Σ (log p(z_k|c) - log q(z_k|x,c)) of each draw, <c>[batch]</c> for a single one or <c>[draws,
    /// batch]</c>.
    /// </summary>
    public Tensor LogWeights => _logWeights.Value;

    /// <summary>
    /// -E_p(z|c)[log p(x|z,c)], the reconstruction from codes of the prior, estimated by the mean over as many draws, <c>[batch]</c>.
    /// </summary>
    public Tensor PriorReconstruction => (_priorReconstruction
        ?? throw new MissingTermException("a model that draws from its prior")).Value;

    /// <summary>-ELBO of each draw: the reconstruction plus the KL terms.</summary>
    internal Tensor NegativeElboPerDraw => KlTerms.Aggregate(LogLikelihood.negative(), (sum, term) => sum.Plus(term.PerDraw));

    private Tensor ComputeLogWeights()
    {
        if (Latents.Count == 0 || Latents.Any(latent => !latent.Posterior.HasDensity))
            throw new MissingTermException("a posterior with a density, for importance weights");
        return Latents.Aggregate(LogLikelihood, (sum, latent) => sum.Plus(latent.LogRatio()));
    }

    private static Tensor MeanOverDraws(Tensor perDraw) => perDraw.dim() == 2 ? perDraw.mean([0]) : perDraw;
}
