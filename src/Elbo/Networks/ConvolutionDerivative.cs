using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Elbo;

/// <summary>The derivative of a convolution and of a transposed one, with the stride of 2 and the padding of 1 that both have here.</summary>
internal static class ConvolutionDerivative
{
    private static readonly CompiledScript Script = new(
        """
        def all(gradient: Tensor, input: Tensor, weight: Tensor, transposed: bool, bottom: int, right: int) -> List[Tensor]:
            to_input, to_weight, to_bias = torch.convolution_backward(gradient, input, weight, [gradient.size(1)], [2, 2], [1, 1], [1, 1], transposed, [bottom, right], 1, [True, True, True])
            return [to_input, to_weight, to_bias]

        def parameters(gradient: Tensor, input: Tensor, weight: Tensor, transposed: bool, bottom: int, right: int) -> List[Tensor]:
            to_input, to_weight, to_bias = torch.convolution_backward(gradient, input, weight, [gradient.size(1)], [2, 2], [1, 1], [1, 1], transposed, [bottom, right], 1, [False, True, True])
            return [to_weight, to_bias]

        """);

    /// <summary>The way back through a convolution, or, where there is an output padding, through a transposed one.</summary>
    public static Func<Tensor, Tensor?> Of(Tensor input, Parameter weight, Parameter bias, long[]? outputPadding, bool passesOn) => gradient =>
    {
        var padding = outputPadding ?? [0, 0];
        var gradients = (Tensor[])Script.Invoke(
            passesOn ? "all" : "parameters", gradient, input, weight, outputPadding is not null, (int)padding[0], (int)padding[1]);
        ParameterGradients.Add(weight, gradients[^2]);
        ParameterGradients.Add(bias, gradients[^1]);
        return passesOn ? gradients[0] : null;
    };
}
