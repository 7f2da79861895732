using static TorchSharp.torch;

namespace Elbo;

/// <summary>One group of latent variables in a pass of a model: its posterior, its prior, and a draw from the posterior.</summary>
/// <param name="Name">The name of the group, as in <c>z</c>.</param>
/// <param name="Posterior">q(z|x,c), or q(z|x,c and the groups above).</param>
/// <param name="Prior">p(z|c), or p(z|c and the groups above).</param>
/// <param name="Noise">The noise of the draw, <c>[batch, latent]</c> or <c>[draws, batch, latent]</c>.</param>
/// <param name="Sample">The draw that the posterior makes of it, in the same shape.</param>
/// <remarks>
/// Tensors that it returns, and those that it makes on the way, belong to the dispose scope of the caller (<c>torch.NewDisposeScope()</c>).
/// Without one the caller disposes what is returned, and the rest waits for the garbage collector, which does not see how large it is.
/// </remarks>
public sealed record LatentVariable(string Name, LatentDistribution Posterior, LatentDistribution Prior, Tensor Noise, Tensor Sample)
{
    /// <summary>Whether its KL is a term of the bound: false if the posterior is a point or the prior itself.</summary>
    public bool HasKl { get; init; } = Posterior.HasDensity;

    /// <summary>
    /// Whether the prior is a function of this group's own draw, as p(z1|z2) is if z2 is inferred from z1: a closed form is then wrong.
    /// </summary>
    public bool PriorDependsOnSample { get; init; }

    /// <summary>log p(z) - log q(z) at the draw, in nats, <c>[..., batch]</c>.</summary>
    public Tensor LogRatio() => Prior.LogDensity(Sample) - Posterior.LogDensityOfSample(Noise);

    /// <summary>
    /// The posterior's mean in the coordinates in which the prior has mean 0 and variance 1, <c>[batch or 1, latent]</c>, without gradient.
    /// Where either depends on a draw of a group above, it is the mean over these draws.
    /// </summary>
    public Tensor Coordinates()
    {
        using var _ = no_grad();
        var coordinates = Prior.Standardize(Posterior.Mean).detach();
        return coordinates.dim() == 3 ? coordinates.mean([0]) : coordinates;
    }

    /// <summary>
    /// KL(posterior || prior): in closed form if implemented, else as the Monte Carlo estimate log q(z) - log p(z) at the
    /// draw.
    /// </summary>
    public KlTerm Kl() => ClosedForm() is { } closed
        ? new KlTerm(Name, closed, IsMonteCarlo: false) { HasParts = closed.shape[^1] == Sample.shape[^1] }
        // One column: the whole code has a density, which need not be a product of densities of its dimensions.
        : new KlTerm(Name, LogRatio().negative().unsqueeze(-1), IsMonteCarlo: true);

    private Tensor? ClosedForm() =>
        PriorDependsOnSample ? null : Posterior.KullbackLeibler(Prior) ?? Prior.KullbackLeiblerFrom(Posterior);
}
