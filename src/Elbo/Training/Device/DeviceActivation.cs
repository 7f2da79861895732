using static TorchSharp.torch;

namespace Elbo;

/// <summary>An activation function and its derivative, each in one pass of a kernel of libtorch.</summary>
internal sealed class DeviceActivation
{
    private static readonly CompiledScript Script = new(
        """
        def relu(gradient: Tensor, input: Tensor, output: Tensor) -> int:
            torch.threshold_backward(gradient, output, 0, grad_input=gradient)
            return 0

        def tanh(gradient: Tensor, input: Tensor, output: Tensor) -> int:
            torch.tanh_backward(gradient, output, grad_input=gradient)
            return 0

        def softplus(gradient: Tensor, input: Tensor, output: Tensor) -> int:
            torch.softplus_backward(gradient, input, 1, 40, grad_input=gradient)
            return 0

        def silu(gradient: Tensor, input: Tensor, output: Tensor) -> int:
            torch.silu_backward(gradient, input, grad_input=gradient)
            return 0

        """);

    // Those whose derivative is a function of the output overwrite their input, which saves a pass over memory and a matrix.
    private static readonly Dictionary<string, DeviceActivation> All = new()
    {
        ["relu"] = new(tensor => tensor.relu_(), "relu"),
        ["tanh"] = new(tensor => tensor.tanh_(), "tanh"),
        ["softplus"] = new(tensor => tensor.Softplus(), "softplus"),
        ["silu"] = new(tensor => nn.functional.silu(tensor), "silu"),
    };

    private readonly string _derivative;

    private DeviceActivation(Func<Tensor, Tensor> forward, string derivative) => (Forward, _derivative) = (forward, derivative);

    /// <summary>The function; it may overwrite its argument.</summary>
    public Func<Tensor, Tensor> Forward { get; }

    /// <summary>The activation with this name, or null if its derivative is not implemented.</summary>
    public static DeviceActivation? Find(string name) => All.GetValueOrDefault(name);

    /// <summary>Multiplies a gradient, which is overwritten, by the derivative.</summary>
    public Tensor Backward(Tensor gradient, Tensor input, Tensor output)
    {
        Script.Invoke(_derivative, gradient, input, output);
        return gradient;
    }
}
