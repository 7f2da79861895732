using static TorchSharp.torch;

namespace Elbo;

/// <summary>The posteriors of a batch in the prior's own coordinates u = (z - mu_p(c)) / sigma_p(c), and the noise of the draws of z.</summary>
/// <param name="Posterior">N((mu_q - mu_p) / sigma_p, diag sigma_q² / sigma_p²).</param>
/// <param name="Epsilon">The noise, <c>[batch, latent]</c> or <c>[samples, batch, latent]</c>: the same in all coordinates.</param>
internal sealed record RelativePosterior(DiagonalGaussian Posterior, Tensor Epsilon);
