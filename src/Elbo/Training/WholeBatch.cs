using static TorchSharp.torch;

namespace Elbo;

/// <summary>
/// The terms of a whole batch that several processes share, for objectives that look at which examples are together. A process's own
/// examples have their gradients, and those of the others are constants, so that each process gets its part of the gradient.
/// </summary>
internal static class WholeBatch
{
    /// <summary>The terms of all examples, in the order of the batch.</summary>
    /// <param name="terms">The terms of this process's examples.</param>
    /// <param name="share">Which examples of the batch they are.</param>
    /// <param name="processes">The processes of the training.</param>
    public static BoundTerms Of(BoundTerms terms, ProcessShare share, IProcessGroup processes)
    {
        return new BoundTerms(
            Join(terms.LogLikelihood, -1),
            [.. terms.Latents.Select(JoinLatent)],
            () => Join(terms.PriorReconstruction, -1).negative());

        LatentVariable JoinLatent(LatentVariable latent)
        {
            var (posterior, prior) = ((DiagonalGaussian)latent.Posterior, (DiagonalGaussian)latent.Prior);
            return latent with
            {
                Posterior = JoinGaussian(posterior, posterior.Mean.shape),
                Prior = JoinGaussian(prior, posterior.Mean.shape),
                Noise = Join(latent.Noise, -2),
                Sample = Join(latent.Sample, -2),
            };
        }

        // One prior may serve the whole batch.
        DiagonalGaussian JoinGaussian(DiagonalGaussian gaussian, long[] shape) => new(
            Join(gaussian.Mean.expand(shape), -2),
            gaussian.LogVariance is null ? null : Join(gaussian.LogVariance.expand(shape), -2));

        Tensor Join(Tensor own, int dimension)
        {
            var axis = dimension + own.dim();
            long[] shape = [.. own.shape];
            shape[axis] = share.Total;
            var all = zeros(shape, own.dtype, CPU);
            var rows = own.narrow(axis, 0, share.Count);
            using (no_grad())
            {
                all.narrow(axis, share.Start, share.Count).copy_(rows);
                // Zeros and one example's value add up to the value.
                processes.Sum(all);
            }

            var end = share.Start + share.Count;
            return cat([all.narrow(axis, 0, share.Start), rows, all.narrow(axis, end, share.Total - end)], axis);
        }
    }
}
