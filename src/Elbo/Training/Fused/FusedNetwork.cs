using System.Numerics;

namespace Elbo;

/// <summary>A perceptron for batches of one size. Threads wait for each other only where one needs what another has computed.</summary>
internal sealed class FusedNetwork<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly FusedLayer<T>[] _layers;
    private readonly KeptMatrix<T>? _toInput;

    /// <param name="network">The perceptron.</param>
    /// <param name="parameters">The memory of its parameters: weight and bias of each layer, one after the other.</param>
    /// <param name="examples">The examples of a batch.</param>
    /// <param name="rowsPerExample">The rows of an example, one after the other.</param>
    /// <param name="differentiatesInput">Whether the gradient of the input is needed.</param>
    /// <param name="threads">The threads.</param>
    public FusedNetwork(
        MultilayerPerceptron network,
        FusedParameter<T>[] parameters,
        int examples,
        int rowsPerExample,
        bool differentiatesInput,
        IReadOnlyList<FusedThread<T>> threads)
    {
        var activation = FusedActivation<T>.Find(network.Activation.Name)!;
        Input = new(examples * rowsPerExample, (int)network.Layers[0].Weight.shape[1]);
        _toInput = differentiatesInput ? new(Input.Rows, Input.Columns) : null;
        _layers = new FusedLayer<T>[parameters.Length / 2];
        var (input, toInput) = (Input, _toInput);
        for (var i = 0; i < _layers.Length; i++)
        {
            _layers[i] = new(
                (parameters[2 * i], parameters[2 * i + 1]),
                i == _layers.Length - 1 ? FusedActivation<T>.None : activation, input, toInput, threads, rowsPerExample);
            (input, toInput) = (_layers[i].Output, _layers[i].Gradient);
        }
    }

    /// <summary>The input, <c>[batch, inputs]</c>, of which each thread writes the rows of its examples.</summary>
    public KeptMatrix<T> Input { get; }

    /// <summary>The summands of the gradient of the input.</summary>
    public KeptMatrix<T>[] ToInput => _layers[0].ToInput;

    /// <summary>The output; its gradient takes its place.</summary>
    public KeptMatrix<T> Output => _layers[^1].Output;

    /// <summary>The rows and columns of the output that a thread computes.</summary>
    public (IndexRange Rows, IndexRange Columns) OutputOf(FusedThread<T> thread) => _layers[^1].PartOf(thread);

    /// <summary>Computes a thread's part of the output.</summary>
    /// <param name="thread">The thread.</param>
    /// <param name="isForExamples">Whether the thread needs the output of its examples next, all of it.</param>
    public void Forward(FusedThread<T> thread, bool isForExamples)
    {
        var isByExample = true;
        foreach (var layer in _layers)
        {
            if (layer.IsWide || !isByExample)
                thread.Meet();
            layer.Forward(thread);
            isByExample = !layer.IsWide;
        }

        if (isForExamples && !isByExample)
            thread.Meet();
    }

    /// <summary>
    /// Computes the gradients from that of the output, and applies or stores them, the last of them when the threads meet.
    /// </summary>
    /// <param name="thread">The thread.</param>
    /// <param name="rule">How gradients are applied.</param>
    /// <param name="isFromExamples">Whether the gradient of the output was written by examples.</param>
    public void Backward(FusedThread<T> thread, in AdamRule<T> rule, bool isFromExamples)
    {
        if (isFromExamples && _layers[^1].IsWide)
            thread.Meet();
        for (var i = _layers.Length - 1; i >= 0; i--)
        {
            var layer = _layers[i];
            if (layer.ToInput.Length > 0)
                layer.BackwardToInput(thread);
            if (layer.IsWide)
                layer.BackwardToWeights(thread, rule);
            else
                thread.Defer(layer, rule);
            if (i == 0 ? layer.IsWide && layer.ToInput.Length > 0 : layer.IsWide || _layers[i - 1].IsWide)
                thread.Meet();
            if (i > 0)
                _layers[i - 1].BackwardThroughActivation(thread, layer);
        }
    }

    public void Dispose()
    {
        Input.Dispose();
        _toInput?.Dispose();
        foreach (var layer in _layers)
            layer.Dispose();
    }
}
