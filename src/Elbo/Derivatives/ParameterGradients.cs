using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Elbo;

/// <summary>
/// The gradients of parameters whose derivatives are written out. What they add up is where autograd would leave it, in
/// <c>Parameter.grad</c>, so an optimizer cannot tell the two apart; but a matrix is written into the same memory at every step.
/// </summary>
internal sealed class ParameterGradients : IDisposable
{
    private readonly Dictionary<Parameter, Tensor> _buffers = [];

    /// <summary>Adds a matrix product, without a temporary for it.</summary>
    public void AddProduct(Parameter parameter, Tensor left, Tensor right)
    {
        if (parameter.grad is { } present)
        {
            present.addmm_(left, right);
            return;
        }

        if (!_buffers.TryGetValue(parameter, out var buffer))
            _buffers.Add(parameter, buffer = empty_like(parameter).DetachFromDisposeScope());
        buffer.addmm_(left, right, beta: 0);
        parameter.grad = buffer;
    }

    /// <summary>Adds a gradient that is there already.</summary>
    public static void Add(Parameter parameter, Tensor gradient)
    {
        if (parameter.grad is { } present)
            present.add_(gradient, One);
        else
            parameter.grad = gradient;
    }

    public void Dispose()
    {
        foreach (var buffer in _buffers.Values)
            buffer.Dispose();
    }
}
