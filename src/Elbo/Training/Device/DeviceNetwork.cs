using static TorchSharp.torch;

namespace Elbo;

/// <summary>Forward and backward pass of a multilayer perceptron, a script each.</summary>
internal sealed class DeviceNetwork(MultilayerPerceptron network)
{
    // saved: the input of each layer, the output, and what the activations were given where their derivatives need that. A product with
    // its bias and a ReLU is one kernel of a GPU.
    private static readonly CompiledScript Script = new(
        """
        def activate(x: Tensor, activation: int) -> Tensor:
            if activation == 1:
                return torch.leaky_relu(x, 0.01)
            if activation == 2:
                return torch.elu(x)
            if activation == 3:
                return torch.tanh(x)
            if activation == 4:
                return torch.softplus(x, 1, 40)
            if activation == 5:
                return torch.silu(x)
            return torch.gelu(x)

        def forward(x: Tensor, weights: List[Tensor], biases: List[Tensor], activation: int) -> List[Tensor]:
            saved = [x]
            linear: List[Tensor] = []
            last = len(weights) - 1
            for i in range(last):
                if activation == 0:
                    saved.append(torch._addmm_activation(biases[i], saved[i], weights[i].t()))
                else:
                    y = torch.addmm(biases[i], saved[i], weights[i].t())
                    saved.append(activate(y, activation))
                    linear.append(y)
            saved.append(torch.addmm(biases[last], saved[last], weights[last].t()))
            return saved + linear

        def slope(gradient: Tensor, saved: List[Tensor], layer: int, layers: int, activation: int) -> Tensor:
            if activation == 0:
                return torch.threshold_backward(gradient, saved[layer + 1], 0)
            if activation == 3:
                return torch.tanh_backward(gradient, saved[layer + 1])
            x = saved[layers + 1 + layer]
            if activation == 1:
                return torch.leaky_relu_backward(gradient, x, 0.01, False)
            if activation == 2:
                return torch.elu_backward(gradient, 1, 1, 1, False, x)
            if activation == 4:
                return torch.softplus_backward(gradient, x, 1, 40)
            if activation == 5:
                return torch.silu_backward(gradient, x)
            return torch.gelu_backward(gradient, x)

        def backward(gradient: Tensor, saved: List[Tensor], weights: List[Tensor], activation: int, to_input: bool) -> List[Tensor]:
            gradients: List[Tensor] = []
            layers = len(weights)
            for k in range(layers):
                i = layers - 1 - k
                gradients.append(torch.mm(gradient.t(), saved[i]))
                gradients.append(gradient.sum(0))
                if i > 0:
                    gradient = slope(torch.mm(gradient, weights[i]), saved, i - 1, layers, activation)
            if to_input:
                gradients.append(torch.mm(gradient, weights[0]))
            return gradients

        """);

    private static readonly string[] Supported =
    [
        Activations.Relu, Activations.LeakyRelu, Activations.Elu, Activations.Tanh, Activations.Softplus, Activations.Silu,
        Activations.Gelu,
    ];

    private readonly int _activation = Array.IndexOf(Supported, network.Activation.Name);
    private readonly Tensor[] _weights = [.. network.Layers.Select(layer => layer.Weight)];
    private readonly Tensor[] _biases = [.. network.Layers.Select(layer => layer.Bias)];
    private Tensor[] _saved = [];
    private long _inputSize;

    /// <summary>Whether the derivative of a perceptron's activation is implemented.</summary>
    public static bool Supports(MultilayerPerceptron network) => Supported.Contains(network.Activation.Name);

    /// <summary>The output.</summary>
    /// <param name="input">The input, <c>[batch, size]</c>.</param>
    /// <param name="features">Further inputs, <c>[batch, features]</c>, to which no gradient is needed; or null.</param>
    public Tensor Forward(Tensor input, Tensor? features)
    {
        _inputSize = input.shape[1];
        _saved = (Tensor[])Script.Invoke(
            "forward", features is null ? input : cat([input, features], 1), _weights, _biases, _activation);
        return _saved[_weights.Length];
    }

    /// <summary>Stores the gradients in the parameters.</summary>
    /// <param name="gradient">That of the output.</param>
    /// <param name="toInput">Whether the gradient of the input is needed.</param>
    /// <returns>The gradient of the input, without the features, if requested.</returns>
    public Tensor? Backward(Tensor gradient, bool toInput)
    {
        var gradients = (Tensor[])Script.Invoke("backward", gradient, _saved, _weights, _activation, toInput);
        var next = 0;
        foreach (var layer in network.Layers.Reverse())
        {
            layer.Weight.grad = gradients[next++];
            layer.Bias.grad = gradients[next++];
        }

        return toInput ? gradients[next].narrow(1, 0, _inputSize) : null;
    }
}
