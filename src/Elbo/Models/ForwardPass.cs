using static TorchSharp.torch;

namespace Elbo;

/// <summary>
/// The result of a pass of a model over a batch: latent variables drawn from their posteriors, and p(x|z,c) at the draws.
/// </summary>
/// <param name="Output">The parameters of the likelihood, <c>[batch, parameters * values]</c> or with the draws in front.</param>
/// <param name="Latents">The groups of latent variables, in the order of <see cref="GenerativeModel.LatentGroups"/>.</param>
/// <remarks>Its tensors belong to the dispose scope (<c>torch.NewDisposeScope()</c>) in which the pass was made.</remarks>
public sealed record ForwardPass(Tensor Output, IReadOnlyList<LatentVariable> Latents);
