using TorchSharp;
using static TorchSharp.torch;

namespace Elbo;

/// <summary>
/// The loss as a function of the terms of each example and its derivatives, without waiting for the device. Those of a weighted sum are
/// constants, and are kept as long as the weights and the size of the batch stay; others come from autograd.
/// </summary>
/// <param name="objective">The objective.</param>
/// <param name="group">The name of the latent group whose KL is a term.</param>
internal sealed class DeviceObjective(WeightedObjective objective, string group) : IDisposable
{
    private static readonly CompiledScript Script = new(
        """
        def weighted(reconstruction: Tensor, to_reconstruction: Tensor) -> Tensor:
            return reconstruction.sum() * to_reconstruction

        def weighted_with_kl(reconstruction: Tensor, kl: Tensor, to_reconstruction: Tensor, to_kl: Tensor) -> Tensor:
            return torch.sum(torch.addmv(reconstruction * to_reconstruction, kl, to_kl))

        """);

    private (TermWeights Weights, long Examples)? _kept;
    private Tensor? _toReconstruction;
    private Tensor? _toKl;

    /// <summary>The loss, and its derivatives with respect to the reconstruction and to the KL per dimension of any example.</summary>
    /// <param name="reconstruction">The reconstruction of each example, <c>[batch]</c>.</param>
    /// <param name="kl">The KL per dimension, <c>[batch, latent]</c>, or null without one.</param>
    /// <param name="weights">The weights of the terms.</param>
    /// <returns>
    /// A scalar, a scalar and <c>[latent]</c>, or null if the KL is no part of the loss. The derivatives are valid until the next call.
    /// </returns>
    public (Tensor Loss, Tensor ToReconstruction, Tensor? ToKl) At(Tensor reconstruction, Tensor? kl, TermWeights weights)
    {
        var key = (weights, reconstruction.shape[0]);
        if (_kept != key)
        {
            var loss = Differentiate(reconstruction, kl, weights);
            _kept = objective.IsWeightedSum(weights) ? key : null;
            return (loss, _toReconstruction!, _toKl);
        }

        var sum = kl is null || _toKl is null
            ? Script.Invoke("weighted", reconstruction, _toReconstruction!)
            : Script.Invoke("weighted_with_kl", reconstruction, kl, _toReconstruction!, _toKl);
        return ((Tensor)sum, _toReconstruction!, _toKl);
    }

    public void Dispose()
    {
        _kept = null;
        _toReconstruction?.Dispose();
        _toKl?.Dispose();
    }

    private Tensor Differentiate(Tensor reconstruction, Tensor? kl, TermWeights weights)
    {
        Dispose();
        using var _ = enable_grad();
        var meanReconstruction = reconstruction.mean().requires_grad_();
        var meanKl = kl?.mean([0]).requires_grad_();
        var loss = objective.Loss(
            new MeanTerms(meanReconstruction, meanKl is null ? [] : [new KlTerm(group, meanKl, IsMonteCarlo: false)]), weights);
        loss.backward();
        var share = 1.0 / reconstruction.shape[0];
        var slope = meanReconstruction.grad ?? zeros_like(meanReconstruction);
        _toReconstruction = slope.mul(Number(share)).detach().DetachFromDisposeScope();
        _toKl = meanKl?.grad?.mul(Number(share)).detach().DetachFromDisposeScope();
        return loss.detach();
    }
}
