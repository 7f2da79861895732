using System.Numerics;
using static TorchSharp.torch;

namespace Elbo;

/// <summary>What a thread computes of a layer, as views of the layer's matrices.</summary>
internal sealed class FusedPart<T> : IDisposable
    where T : unmanaged, INumber<T>
{
    private readonly List<IDisposable> _owned = [];

    /// <param name="rows">The rows of the output that the thread computes.</param>
    /// <param name="columns">The columns of the output that it computes.</param>
    /// <param name="weightRows">The rows of the weights that it updates.</param>
    /// <param name="weight">The weights, <c>[outputs, inputs]</c>.</param>
    /// <param name="matrices">Input, output, gradient of the output, and where the gradient of the input belongs.</param>
    /// <param name="scratch">Memory of the thread for a gradient of weights.</param>
    public FusedPart(
        IndexRange rows,
        IndexRange columns,
        IndexRange weightRows,
        Tensor weight,
        (KeptMatrix<T> Input, KeptMatrix<T> Output, KeptMatrix<T> Gradient, KeptMatrix<T>? ToInput) matrices,
        KeptMatrix<T> scratch)
    {
        (Rows, Columns, WeightRows) = (rows, columns, weightRows);
        var (input, output, gradient, toInput) = matrices;
        IndexRange inputs = new(0, input.Columns);
        IsEmpty = rows.Count == 0 || columns.Count == 0;
        Weight = Own(weight.narrow(0, columns.Start, columns.Count));
        WeightTransposed = Own(Weight.t());
        (Input, Output, Gradient) = (input.View(rows, inputs), output.View(rows, columns), gradient.View(rows, columns));
        ToInput = toInput?.View(rows, inputs);
        AllInput = input.All;
        BiasGradient = Own(new KeptMatrix<T>(1, Math.Max(weightRows.Count, 1) + 3 * KeptMatrix<T>.Lanes));
        var atOnce = Math.Max(1, scratch.Columns / inputs.Count);
        Chunks =
        [
            .. Enumerable.Range(0, (weightRows.Count + atOnce - 1) / atOnce)
                .Select(chunk => new IndexRange(weightRows.Start + chunk * atOnce, Math.Min(atOnce, weightRows.Count - chunk * atOnce)))
                .Select(chunk => (
                    chunk, Own(gradient.View(new(0, gradient.Rows), chunk).t()), scratch.Reshaped(chunk.Count, inputs.Count))),
        ];
    }

    public IndexRange Rows { get; }

    public IndexRange Columns { get; }

    public IndexRange WeightRows { get; }

    /// <summary>Whether there is no output for this thread.</summary>
    public bool IsEmpty { get; }

    public Tensor Input { get; }

    public Tensor Output { get; }

    public Tensor Weight { get; }

    public Tensor WeightTransposed { get; }

    public Tensor Gradient { get; }

    public Tensor? ToInput { get; }

    public Tensor AllInput { get; }

    public KeptMatrix<T> BiasGradient { get; }

    /// <summary>Some of the rows of the weights at a time: which, the columns of the gradient, and memory for the product.</summary>
    public IReadOnlyList<(IndexRange Rows, Tensor Gradient, Tensor Product)> Chunks { get; }

    public void Dispose()
    {
        foreach (var owned in _owned)
            owned.Dispose();
    }

    private TOwned Own<TOwned>(TOwned owned)
        where TOwned : IDisposable
    {
        (owned as Tensor)?.DetachFromDisposeScope();
        _owned.Add(owned);
        return owned;
    }
}
