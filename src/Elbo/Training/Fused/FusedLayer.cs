using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Elbo;

/// <summary>
/// A fully connected layer for batches of one size. A wide layer, whose weights would fill a processor's cache, is shared by its outputs: a
/// thread has its rows of the weights from the forward pass to Adam's update, and computes what they contribute to the gradient of the
/// input. Any other is shared by the examples, and the gradient of its weights by their rows, once all examples are done.
/// </summary>
internal sealed unsafe class FusedLayer<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const long WideWeights = 3 << 15;

    private readonly FusedParameter<T> _weight;
    private readonly FusedParameter<T> _bias;
    private readonly FusedActivation<T> _activation;
    private readonly KeptMatrix<T> _input;
    private readonly KeptMatrix<T>? _beforeActivation;
    private readonly FusedPart<T>[] _parts;

    /// <param name="parameters">The weights, <c>[outputs, inputs]</c>, and the bias.</param>
    /// <param name="activation">What follows them.</param>
    /// <param name="input">The input, <c>[batch, inputs]</c>.</param>
    /// <param name="toInput">Where the gradient of the input belongs; null if it is not needed.</param>
    /// <param name="threads">The threads.</param>
    /// <param name="rowsPerExample">The rows of an example.</param>
    public FusedLayer(
        (FusedParameter<T> Weight, FusedParameter<T> Bias) parameters,
        FusedActivation<T> activation,
        KeptMatrix<T> input,
        KeptMatrix<T>? toInput,
        IReadOnlyList<FusedThread<T>> threads,
        int rowsPerExample)
    {
        ((_weight, _bias), _activation, _input) = (parameters, activation, input);
        var (outputs, inputs) = ((int)_weight.Values.shape[0], input.Columns);
        IsWide = threads.Count > 1 && (long)outputs * inputs > WideWeights && outputs >= threads.Count * Lanes<T>.Unit;
        Output = new(input.Rows, outputs);
        Gradient = activation == FusedActivation<T>.None ? Output : new(input.Rows, outputs);
        _beforeActivation = activation.NeedsInput ? new(input.Rows, outputs) : null;
        ToInput = toInput is null ? []
            : IsWide ? [.. threads.Select(_ => new KeptMatrix<T>(input.Rows, inputs))]
            : [toInput];
        _parts = [.. threads.Select(thread =>
        {
            var weightRows = thread.ShareOf(outputs, Lanes<T>.Unit);
            return new FusedPart<T>(
                IsWide ? new(0, input.Rows) : thread.ShareOf(input.Rows / rowsPerExample, 1) * rowsPerExample,
                IsWide ? weightRows : new(0, outputs),
                weightRows,
                _weight.Values,
                (input, Output, Gradient, toInput is null ? null : IsWide ? ToInput[thread.Index] : toInput),
                thread);
        })];
    }

    public bool IsWide { get; }

    public KeptMatrix<T> Output { get; }

    /// <summary>The gradient of the output before the activation; that of a last layer takes the place of the output.</summary>
    public KeptMatrix<T> Gradient { get; }

    /// <summary>The summands of the gradient of the input; none where it is not needed.</summary>
    public KeptMatrix<T>[] ToInput { get; }

    /// <summary>The rows and columns of the output that a thread computes.</summary>
    public (IndexRange Rows, IndexRange Columns) PartOf(FusedThread<T> thread) =>
        (_parts[thread.Index].Rows, _parts[thread.Index].Columns);

    public void Forward(FusedThread<T> thread)
    {
        var part = _parts[thread.Index];
        if (part.Forward is null)
            return;
        part.Forward.Compute();
        _activation.Forward(Output, _beforeActivation, _bias.Data, part.Rows, part.Columns);
    }

    /// <summary>The gradient of the input: that of a thread's rows, or a thread's summand of it for all rows.</summary>
    public void BackwardToInput(FusedThread<T> thread) => _parts[thread.Index].BackwardToInput?.Compute();

    /// <summary>Continues with the gradient that the next layer has computed of its input, to before the activation of this one.</summary>
    public void BackwardThroughActivation(FusedThread<T> thread, FusedLayer<T> next) => _activation.Backward(
        Gradient, next.ToInput, Output, _beforeActivation, _parts[thread.Index].Rows, _parts[thread.Index].Columns);

    /// <summary>Computes the gradients of a thread's rows of the weights and of the bias, and applies or stores each at once.</summary>
    public void BackwardToWeights(FusedThread<T> thread, in AdamRule<T> rule)
    {
        var (part, inputs) = (_parts[thread.Index], _input.Columns);
        foreach (var (rows, gradient) in part.Chunks)
        {
            gradient.Compute();
            _weight.Take(rule, rows.Start * inputs, thread.Scratch.Data, rows.Count * inputs);
        }

        var own = part.WeightRows;
        SumOverRows(Gradient, own, part.BiasGradient.Data);
        _bias.Take(rule, own.Start, part.BiasGradient.Data, own.Count);
    }

    public void Dispose()
    {
        foreach (var part in _parts)
            part.Dispose();
        foreach (var matrix in (KeptMatrix<T>?[])[Output, Gradient, _beforeActivation, .. IsWide ? ToInput : []])
            matrix?.Dispose();
    }

    // Four vectors of columns at a time, so that the sums stay in registers. What is behind the last column is summed, and not used.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void SumOverRows(KeptMatrix<T> matrix, IndexRange columns, T* sums)
    {
        const int vectors = 4;
        for (var column = 0; column < columns.Count; column += vectors * Lanes<T>.Count)
        {
            var (a, b, c, d) = (Vector512<T>.Zero, Vector512<T>.Zero, Vector512<T>.Zero, Vector512<T>.Zero);
            for (var row = 0; row < matrix.Rows; row++)
            {
                var at = matrix.Row(row) + columns.Start + column;
                a += Vector512.Load(at);
                b += Vector512.Load(at + Lanes<T>.Count);
                c += Vector512.Load(at + 2 * Lanes<T>.Count);
                d += Vector512.Load(at + 3 * Lanes<T>.Count);
            }

            a.Store(sums + column);
            b.Store(sums + column + Lanes<T>.Count);
            c.Store(sums + column + 2 * Lanes<T>.Count);
            d.Store(sums + column + 3 * Lanes<T>.Count);
        }
    }
}
