using TorchSharp;
using static TorchSharp.torch;

namespace Elbo;

/// <summary>Codes drawn from p(z|c), and the way back.</summary>
/// <param name="Codes">z, in the shape of the noise it was made of.</param>
/// <param name="Back">Takes the gradient of the codes, and leaves those of the prior's own parameters.</param>
internal sealed record PriorDraws(Tensor Codes, Action<Tensor> Back)
{
    /// <summary>By autograd, for a prior that has not written its derivative out.</summary>
    public static PriorDraws ByAutograd(Func<Tensor> draw)
    {
        using var gradientMode = enable_grad();
        var codes = draw();
        return new PriorDraws(codes.detach(), gradient =>
        {
            if (codes.requires_grad)
                codes.backward([gradient]);
        });
    }
}
