using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Elbo;

/// <summary>
/// Forward and backward pass of a multilayer perceptron. Gradients of weights are written into the same memory at every step.
/// </summary>
internal sealed class DevicePerceptron(MultilayerPerceptron network, Workspace workspace) : IDisposable
{
    private readonly DeviceActivation _activation = DeviceActivation.Find(network.Activation.Name)!;
    private readonly Tensor[] _inputs = new Tensor[network.Layers.Count];
    private readonly Tensor[] _linear = new Tensor[network.Layers.Count];
    private readonly Dictionary<Parameter, Tensor> _gradients = [];
    private long _inputSize;

    public Tensor Forward(Tensor input, Tensor? features)
    {
        _inputSize = input.shape[1];
        var current = features is null ? input : Concatenate(input, features);
        for (var i = 0; i < network.Layers.Count; i++)
        {
            var (layer, isLast) = (network.Layers[i], i == network.Layers.Count - 1);
            _inputs[i] = current;
            _linear[i] = Take(current, layer.Weight.shape[0], isHidden: !isLast).copy_(layer.Bias).addmm_(current, layer.Weight.t());
            current = isLast ? _linear[i] : _activation.Forward(_linear[i]);
        }

        return current;
    }

    /// <summary>
    /// Stores the gradients in the parameters, and returns the gradient of the input, without the features, if requested.
    /// </summary>
    public Tensor? Backward(Tensor gradient, bool toInput)
    {
        for (var i = network.Layers.Count - 1; i >= 0; i--)
        {
            var layer = network.Layers[i];
            layer.Weight.grad = GradientOf(layer.Weight).addmm_(gradient.t(), _inputs[i], beta: 0);
            layer.Bias.grad = gradient.sum(dim: 0);
            if (i == 0 && !toInput)
                return null;
            var toLayerInput = Take(gradient, layer.Weight.shape[1], isHidden: i > 0).addmm_(gradient, layer.Weight, beta: 0);
            if (i == 0)
                return toLayerInput.narrow(1, 0, _inputSize);
            gradient = _activation.Backward(toLayerInput, _linear[i - 1], _inputs[i]);
        }

        return null;
    }

    public void Dispose()
    {
        foreach (var gradient in _gradients.Values)
            gradient.Dispose();
    }

    private Tensor GradientOf(Parameter parameter)
    {
        if (!_gradients.TryGetValue(parameter, out var gradient))
            _gradients.Add(parameter, gradient = empty_like(parameter).DetachFromDisposeScope());
        return gradient;
    }

    // Between layers matrices are stored transposed, which makes the product 5 to 10 % faster on a processor: docs/performance.md.
    private Tensor Take(Tensor like, long columns, bool isHidden) => isHidden && like.device_type == DeviceType.CPU
        ? workspace.Take(like, columns, like.shape[0]).t()
        : workspace.Take(like, like.shape[0], columns);

    private Tensor Concatenate(Tensor input, Tensor features)
    {
        var (inputs, rest) = (input.shape[1], features.shape[1]);
        var both = workspace.Take(input, input.shape[0], inputs + rest);
        both.narrow(1, 0, inputs).copy_(input);
        both.narrow(1, inputs, rest).copy_(features);
        return both;
    }
}
