using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Elbo;

/// <summary>The derivative of a convolution and of a transposed one, with the stride of 2 and the padding of 1 that both have here.</summary>
internal static class ConvolutionDerivative
{
    // Constant on purpose: a syntax error in a script ends the process.
    private const string Script =
        """
        def all(gradient: Tensor, input: Tensor, weight: Tensor, transposed: bool, bottom: int, right: int) -> List[Tensor]:
            to_input, to_weight, to_bias = torch.convolution_backward(gradient, input, weight, [gradient.size(1)], [2, 2], [1, 1], [1, 1], transposed, [bottom, right], 1, [True, True, True])
            return [to_input, to_weight, to_bias]

        def parameters(gradient: Tensor, input: Tensor, weight: Tensor, transposed: bool, bottom: int, right: int) -> List[Tensor]:
            to_input, to_weight, to_bias = torch.convolution_backward(gradient, input, weight, [gradient.size(1)], [2, 2], [1, 1], [1, 1], transposed, [bottom, right], 1, [False, True, True])
            return [to_weight, to_bias]

        """;

    private static readonly Lazy<jit.CompilationUnit> Compiled = new(() => jit.compile(Script));

    /// <summary>The way back through a convolution, or, where there is an output padding, through a transposed one.</summary>
    public static Func<Tensor, Tensor?> Of(Tensor input, Parameter weight, Parameter bias, long[]? outputPadding, bool passesOn) => gradient =>
    {
        var padding = outputPadding ?? [0, 0];
        var gradients = (Tensor[])Compiled.Value.invoke(
            passesOn ? "all" : "parameters", gradient, input, weight, outputPadding is not null, padding[0], padding[1]);
        ParameterGradients.Add(weight, gradients[^2]);
        ParameterGradients.Add(bias, gradients[^1]);
        return passesOn ? gradients[0] : null;
    };
}
