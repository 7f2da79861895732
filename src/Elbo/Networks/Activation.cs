using TorchSharp;
using static TorchSharp.torch;

namespace Elbo;

/// <summary>An activation function between two layers, with its derivative.</summary>
/// <param name="Function">The function; it may overwrite its argument, which nobody else sees.</param>
/// <param name="Derivative">The function of <see cref="Script"/> that takes a gradient back.</param>
internal sealed record Activation(Func<Tensor, Tensor> Function, string Derivative)
{
    // libtorch's own kernels, each in one pass over the gradient, which it replaces.
    private static readonly CompiledScript Script = new(
        """
        def relu(gradient: Tensor, input: Tensor, output: Tensor) -> int:
            torch.threshold_backward(gradient, output, 0, grad_input=gradient)
            return 0

        def tanh(gradient: Tensor, input: Tensor, output: Tensor) -> int:
            torch.tanh_backward(gradient, output, grad_input=gradient)
            return 0

        def softplus(gradient: Tensor, input: Tensor, output: Tensor) -> int:
            torch.softplus_backward(gradient, input, 1, 20, grad_input=gradient)
            return 0

        def gelu(gradient: Tensor, input: Tensor, output: Tensor) -> int:
            torch.gelu_backward(gradient, input, grad_input=gradient)
            return 0

        def silu(gradient: Tensor, input: Tensor, output: Tensor) -> int:
            torch.silu_backward(gradient, input, grad_input=gradient)
            return 0

        def elu(gradient: Tensor, input: Tensor, output: Tensor) -> int:
            torch.elu_backward(gradient, 1, 1, 1, True, output, grad_input=gradient)
            return 0

        def leaky_relu(gradient: Tensor, input: Tensor, output: Tensor) -> int:
            torch.leaky_relu_backward(gradient, output, 0.01, True, grad_input=gradient)
            return 0

        """);

    public Tensor Forward(Tensor input, DerivativeChain? chain)
    {
        var output = Function(input);
        chain?.Add(gradient =>
        {
            Script.Invoke(Derivative, gradient, input, output);
            return gradient;
        });
        return output;
    }
}
