using System.Numerics;

namespace Elbo;

/// <summary>What the backward pass begins with, and what becomes of the gradients.</summary>
/// <param name="ToReconstruction">The derivative of the loss with respect to -log p of each draw.</param>
/// <param name="ToKl">The derivatives of the loss with respect to each example's KL per dimension; zeros where it is no part of it.</param>
/// <param name="TrainsPrior">Whether the prior gets a gradient.</param>
/// <param name="DecoderRule">Applies the decoder's gradients, which leave out <paramref name="ToReconstruction"/>.</param>
/// <param name="Rule">Applies the gradients of the other networks.</param>
internal sealed record FusedSlopes<T>(
    double ToReconstruction, T[] ToKl, bool TrainsPrior, AdamRule<T> DecoderRule, AdamRule<T> Rule)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Called on the first thread when all gradients of the decoder are stored; null if nobody waits for them.</summary>
    public Action? DecoderIsDone { get; init; }
}
