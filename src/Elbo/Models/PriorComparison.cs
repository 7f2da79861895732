using static TorchSharp.torch;

namespace Elbo;

/// <summary>A batch of posteriors seen from the prior.</summary>
/// <param name="KullbackLeibler">KL(q(z|x,c) || p(z|c)) per dimension, <c>[batch, latent]</c>, or null where it is not defined.</param>
/// <param name="Coordinates">The posteriors' means in the prior's own coordinates, <c>[batch, latent]</c>.</param>
/// <param name="Back">
/// Takes the gradient of the divergences to that of the posterior's parameters, side by side, and leaves the gradients of the prior's own.
/// </param>
internal sealed record PriorComparison(Tensor? KullbackLeibler, Tensor Coordinates, Func<Tensor, Tensor> Back);
