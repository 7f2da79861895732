using static TorchSharp.torch;

namespace Elbo;

/// <summary>The gradient of a loss with respect to the terms it is made of.</summary>
/// <param name="Reconstruction">In a shape that broadcasts to <c>[batch]</c>, or null where the loss does not contain it.</param>
/// <param name="KullbackLeibler">In a shape that broadcasts to <c>[batch, latent]</c>, or null where the loss does not contain it.</param>
internal sealed record TermGradients(Tensor? Reconstruction, Tensor? KullbackLeibler)
{
    /// <summary>With respect to <see cref="BoundTerms.LogWeights"/>, in their shape, or null where the loss does not contain them.</summary>
    public Tensor? LogWeights { get; init; }

    /// <summary>
    /// With respect to the means and log-variances of <see cref="BoundTerms.Relative"/>, side by side, <c>[batch, 2 * latent]</c>, or null where
    /// the loss does not contain them.
    /// </summary>
    public Tensor? Relative { get; init; }

    /// <summary>With respect to <see cref="BoundTerms.FromPrior"/>, in a shape that broadcasts to it, or null where the loss does not contain it.</summary>
    public Tensor? FromPrior { get; init; }
}
