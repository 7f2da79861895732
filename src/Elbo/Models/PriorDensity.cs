using static TorchSharp.torch;

namespace Elbo;

/// <summary>log p(z|c) of draws of z, and the way back.</summary>
/// <param name="LogDensity">In nats, <c>[..., batch]</c>.</param>
/// <param name="Back">Takes the gradient of the log densities to that of z, and leaves the gradients of the prior's own parameters.</param>
internal sealed record PriorDensity(Tensor LogDensity, Func<Tensor, Tensor> Back)
{
    /// <summary>By autograd, for a prior that has not written its derivative out.</summary>
    public static PriorDensity ByAutograd(Tensor z, Func<Tensor, Tensor> logDensity)
    {
        using var gradientMode = enable_grad();
        var leaf = z.detach().requires_grad_();
        var value = logDensity(leaf);
        return new PriorDensity(value.detach(), gradient =>
        {
            value.backward([gradient]);
            return leaf.grad!;
        });
    }
}
