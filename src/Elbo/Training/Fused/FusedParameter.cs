using System.Numerics;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Elbo;

/// <summary>The memory of a parameter, of its moments in Adam, and of its gradient where that is stored.</summary>
internal sealed unsafe class FusedParameter<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Parameter _parameter;
    private readonly T* _first;
    private readonly T* _second;
    private Tensor? _gradient;
    private bool _isStored;

    public FusedParameter(Parameter parameter, FusedAdam optimizer)
    {
        _parameter = parameter;
        Values = parameter.detach().DetachFromDisposeScope();
        var (first, second) = optimizer.MomentsOf(parameter);
        Data = HostMemory.AddressOf<T>(Values);
        _first = HostMemory.AddressOf<T>(first);
        _second = HostMemory.AddressOf<T>(second);
    }

    /// <summary>The parameter as a tensor without a gradient.</summary>
    public Tensor Values { get; }

    public T* Data { get; }

    /// <summary>Chooses whether gradients are stored in the parameter, or applied to it as soon as they are computed.</summary>
    /// <exception cref="InvalidOperationException">The parameter was moved since it was given.</exception>
    public void Begin(bool isStored)
    {
        if (_parameter.dtype != Values.dtype || _parameter.device_type != Values.device_type)
            throw new InvalidOperationException("The model was moved to another device or number type: make a new minimizer for it.");
        _isStored = isStored;
        if (!isStored)
            return;
        _gradient ??= empty_like(Values).DetachFromDisposeScope();
        _parameter.grad = _gradient;
    }

    /// <summary>Applies or stores the gradient of consecutive numbers.</summary>
    /// <param name="rule">How it is applied.</param>
    /// <param name="start">The first number.</param>
    /// <param name="gradient">The gradient from there on.</param>
    /// <param name="count">How many numbers.</param>
    public void Take(in AdamRule<T> rule, int start, T* gradient, int count)
    {
        if (_isStored)
            rule.Scale(gradient, HostMemory.AddressOf<T>(_gradient!) + start, count);
        else
            rule.Update(Data + start, _first + start, _second + start, gradient, count);
    }

    /// <summary>Applies a part of the stored gradient, if there is one.</summary>
    /// <param name="rule">How it is applied.</param>
    /// <param name="part">Which of the numbers.</param>
    public void Update(in AdamRule<T> rule, IndexRange part)
    {
        if (_isStored)
        {
            var gradient = HostMemory.AddressOf<T>(_gradient!);
            rule.Update(Data + part.Start, _first + part.Start, _second + part.Start, gradient + part.Start, part.Count);
        }
    }

    /// <summary>Clears the stored gradient.</summary>
    public void Clear()
    {
        if (_isStored)
            _parameter.grad = null;
    }

    public void Dispose()
    {
        Values.Dispose();
        _gradient?.Dispose();
    }
}
