using System.Numerics;
using static TorchSharp.torch;

namespace Elbo;

/// <summary>What a thread computes of a layer, as products of parts of the layer's matrices.</summary>
internal sealed class FusedPart<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly List<IDisposable> _owned = [];

    /// <param name="rows">The rows of the output that the thread computes.</param>
    /// <param name="columns">The columns of the output that it computes.</param>
    /// <param name="weightRows">The rows of the weights that it updates.</param>
    /// <param name="weight">The weights, <c>[outputs, inputs]</c>.</param>
    /// <param name="matrices">Input, output, gradient of the output, and where the gradient of the input belongs.</param>
    /// <param name="thread">The thread.</param>
    public FusedPart(
        IndexRange rows,
        IndexRange columns,
        IndexRange weightRows,
        Tensor weight,
        (KeptMatrix<T> Input, KeptMatrix<T> Output, KeptMatrix<T> Gradient, KeptMatrix<T>? ToInput) matrices,
        FusedThread<T> thread)
    {
        (Rows, Columns, WeightRows) = (rows, columns, weightRows);
        var (input, output, gradient, toInput) = matrices;
        IndexRange inputs = new(0, input.Columns);
        BiasGradient = Own(new KeptMatrix<T>(1, Math.Max(weightRows.Count, 1) + 3 * KeptMatrix<T>.Lanes));
        var atOnce = Math.Max(1, thread.Scratch.Columns / inputs.Count);
        Chunks =
        [
            .. Enumerable.Range(0, (weightRows.Count + atOnce - 1) / atOnce)
                .Select(chunk => new IndexRange(weightRows.Start + chunk * atOnce, Math.Min(atOnce, weightRows.Count - chunk * atOnce)))
                .Select(chunk => (chunk, Product(
                    thread.Scratch.Reshaped(chunk.Count, inputs.Count),
                    gradient.Part(new(0, gradient.Rows), chunk).Transposed,
                    input.Part(new(0, input.Rows), inputs)))),
        ];
        if (rows.Count == 0 || columns.Count == 0)
            return;
        MatrixPart<T> ownWeight =
            new(weight, (long)columns.Start * inputs.Count, (columns.Count, inputs.Count), (inputs.Count, 1));
        Forward = Product(output.Part(rows, columns), input.Part(rows, inputs), ownWeight.Transposed);
        BackwardToInput = toInput is null ? null : Product(toInput.Part(rows, inputs), gradient.Part(rows, columns), ownWeight);

        FusedProduct<T> Product(MatrixPart<T> result, MatrixPart<T> left, MatrixPart<T> right) =>
            Own(new FusedProduct<T>(result, left, right, thread.Panel));
    }

    public IndexRange Rows { get; }

    public IndexRange Columns { get; }

    public IndexRange WeightRows { get; }

    /// <summary>The thread's part of the output; null if it has none.</summary>
    public FusedProduct<T>? Forward { get; }

    /// <summary>The gradient of the input; null if it is not needed, or the thread has no part of it.</summary>
    public FusedProduct<T>? BackwardToInput { get; }

    public KeptMatrix<T> BiasGradient { get; }

    /// <summary>The gradient of some of the rows of the weights at a time, into the thread's scratch.</summary>
    public IReadOnlyList<(IndexRange Rows, FusedProduct<T> Gradient)> Chunks { get; }

    public void Dispose()
    {
        foreach (var owned in _owned)
            owned.Dispose();
    }

    private TOwned Own<TOwned>(TOwned owned)
        where TOwned : IDisposable
    {
        _owned.Add(owned);
        return owned;
    }
}
