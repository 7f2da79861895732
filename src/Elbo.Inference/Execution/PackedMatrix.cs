using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Elbo.Inference;

/// <summary>
/// A matrix of weights, stored in panels of columns, so that the product x · W reads it once and in order: the outputs of a panel are two
/// vectors, and stay in registers while the inputs go by.
/// </summary>
internal sealed class PackedMatrix
{
    private const int VectorsInPanel = 2;
    private const int RowsAtOnce = 4;

    private static readonly int Lanes = Vector512.IsHardwareAccelerated ? Vector512<float>.Count
        : Vector256.IsHardwareAccelerated ? Vector256<float>.Count
        : Vector128<float>.Count;

    private readonly float[] _panels;
    private readonly float[] _bias;

    private PackedMatrix(int inputs, int outputs, float[] panels, float[] bias) =>
        (Inputs, Outputs, _panels, _bias) = (inputs, outputs, panels, bias);

    public int Inputs { get; }

    public int Outputs { get; }

    private static int PanelWidth => Lanes * VectorsInPanel;

    /// <summary>Packs weights.</summary>
    /// <param name="weights"><c>[outputs, inputs]</c>, or <c>[inputs, outputs]</c>.</param>
    /// <param name="inputs">The numbers of a row of x.</param>
    /// <param name="outputs">The numbers of a row of the product.</param>
    /// <param name="byOutput">Whether they are the former.</param>
    /// <param name="bias">What is added, <c>[outputs]</c>; empty for nothing.</param>
    public static PackedMatrix Of(ReadOnlySpan<float> weights, int inputs, int outputs, bool byOutput, ReadOnlySpan<float> bias)
    {
        var width = PanelWidth;
        var panelCount = (outputs + width - 1) / width;
        var panels = new float[panelCount * width * inputs];
        for (var output = 0; output < outputs; output++)
        {
            var start = output / width * width * inputs + output % width;
            for (var input = 0; input < inputs; input++)
                panels[start + input * width] = weights[byOutput ? output * inputs + input : input * outputs + output];
        }

        var padded = new float[panelCount * width];
        bias.CopyTo(padded);
        return new(inputs, outputs, panels, padded);
    }

    /// <summary>x · W + b. A row's product is the same, bit for bit, whatever the other rows are.</summary>
    /// <param name="x"><c>[rows, inputs]</c>.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="product"><c>[rows, outputs]</c>.</param>
    public void Multiply(ReadOnlySpan<float> x, int rows, Span<float> product)
    {
        x = x[..(rows * Inputs)];
        product = product[..(rows * Outputs)];
        if (Vector512.IsHardwareAccelerated)
            Multiply<Lanes512>(x, rows, product);
        else if (Vector256.IsHardwareAccelerated)
            Multiply<Lanes256>(x, rows, product);
        else
            Multiply<Lanes128>(x, rows, product);
    }

    private void Multiply<TLanes>(ReadOnlySpan<float> x, int rows, Span<float> product)
        where TLanes : struct, ILanes<TLanes>
    {
        var width = PanelWidth;
        Span<float> edge = stackalloc float[RowsAtOnce * width];
        var inFours = rows - rows % RowsAtOnce;
        for (var column = 0; column < Outputs; column += width)
        {
            ref var panel = ref _panels[column * Inputs];
            ref var bias = ref _bias[column];
            var columns = Math.Min(width, Outputs - column);
            var stride = columns == width ? Outputs : width;
            for (var row = 0; row < inFours; row += RowsAtOnce)
            {
                ref var input = ref Unsafe.Add(ref MemoryMarshal.GetReference(x), row * Inputs);
                // The last panel may have more columns than the matrix.
                ref var output = ref columns == width ? ref product[row * Outputs + column] : ref edge[0];
                FourRows<TLanes>(ref input, ref panel, ref bias, ref output, stride);
                for (var i = 0; columns < width && i < RowsAtOnce; i++)
                    edge.Slice(i * width, columns).CopyTo(product[((row + i) * Outputs + column)..]);
            }
        }

        for (var row = inFours; row < rows; row++)
            OneRow<TLanes>(x.Slice(row * Inputs, Inputs), product.Slice(row * Outputs, Outputs), edge);
    }

    // Panels by twos, so that a multiplication need not wait for the one before; each output is the same sum as in four rows, bit for bit.
    private void OneRow<TLanes>(ReadOnlySpan<float> x, Span<float> product, Span<float> edge)
        where TLanes : struct, ILanes<TLanes>
    {
        var width = PanelWidth;
        ref var input = ref MemoryMarshal.GetReference(x);
        for (var column = 0; column < Outputs; column += 2 * width)
        {
            var columns = Math.Min(2 * width, Outputs - column);
            ref var output = ref columns == 2 * width ? ref product[column] : ref edge[0];
            if (columns > width)
                TwoPanels<TLanes>(ref input, ref _panels[column * Inputs], ref _bias[column], ref output);
            else
                OnePanel<TLanes>(ref input, ref _panels[column * Inputs], ref _bias[column], ref output);
            if (columns < 2 * width)
                edge[..columns].CopyTo(product[column..]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void FourRows<TLanes>(ref float x, ref float panel, ref float bias, ref float product, int stride)
        where TLanes : struct, ILanes<TLanes>
    {
        var lanes = Lanes;
        var (left, right) = (TLanes.Load(ref bias), TLanes.Load(ref Unsafe.Add(ref bias, lanes)));
        var (left0, left1, left2, left3) = (left, left, left, left);
        var (right0, right1, right2, right3) = (right, right, right, right);
        ref var x1 = ref Unsafe.Add(ref x, Inputs);
        ref var x2 = ref Unsafe.Add(ref x1, Inputs);
        ref var x3 = ref Unsafe.Add(ref x2, Inputs);
        for (var i = 0; i < Inputs; i++)
        {
            left = TLanes.Load(ref panel);
            right = TLanes.Load(ref Unsafe.Add(ref panel, lanes));
            panel = ref Unsafe.Add(ref panel, lanes * VectorsInPanel);
            var factor = TLanes.Repeat(Unsafe.Add(ref x, i));
            left0 = TLanes.MultiplyAdd(factor, left, left0);
            right0 = TLanes.MultiplyAdd(factor, right, right0);
            factor = TLanes.Repeat(Unsafe.Add(ref x1, i));
            left1 = TLanes.MultiplyAdd(factor, left, left1);
            right1 = TLanes.MultiplyAdd(factor, right, right1);
            factor = TLanes.Repeat(Unsafe.Add(ref x2, i));
            left2 = TLanes.MultiplyAdd(factor, left, left2);
            right2 = TLanes.MultiplyAdd(factor, right, right2);
            factor = TLanes.Repeat(Unsafe.Add(ref x3, i));
            left3 = TLanes.MultiplyAdd(factor, left, left3);
            right3 = TLanes.MultiplyAdd(factor, right, right3);
        }

        Store(left0, right0, ref product, lanes);
        Store(left1, right1, ref Unsafe.Add(ref product, stride), lanes);
        Store(left2, right2, ref Unsafe.Add(ref product, 2 * stride), lanes);
        Store(left3, right3, ref Unsafe.Add(ref product, 3 * stride), lanes);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void TwoPanels<TLanes>(ref float x, ref float panel, ref float bias, ref float product)
        where TLanes : struct, ILanes<TLanes>
    {
        var lanes = Lanes;
        ref var second = ref Unsafe.Add(ref panel, Inputs * lanes * VectorsInPanel);
        var (first0, first1) = (TLanes.Load(ref bias), TLanes.Load(ref Unsafe.Add(ref bias, lanes)));
        var (second0, second1) = (TLanes.Load(ref Unsafe.Add(ref bias, 2 * lanes)), TLanes.Load(ref Unsafe.Add(ref bias, 3 * lanes)));
        for (var i = 0; i < Inputs; i++)
        {
            var factor = TLanes.Repeat(Unsafe.Add(ref x, i));
            first0 = TLanes.MultiplyAdd(factor, TLanes.Load(ref panel), first0);
            first1 = TLanes.MultiplyAdd(factor, TLanes.Load(ref Unsafe.Add(ref panel, lanes)), first1);
            second0 = TLanes.MultiplyAdd(factor, TLanes.Load(ref second), second0);
            second1 = TLanes.MultiplyAdd(factor, TLanes.Load(ref Unsafe.Add(ref second, lanes)), second1);
            panel = ref Unsafe.Add(ref panel, lanes * VectorsInPanel);
            second = ref Unsafe.Add(ref second, lanes * VectorsInPanel);
        }

        Store(first0, first1, ref product, lanes);
        Store(second0, second1, ref Unsafe.Add(ref product, 2 * lanes), lanes);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void OnePanel<TLanes>(ref float x, ref float panel, ref float bias, ref float product)
        where TLanes : struct, ILanes<TLanes>
    {
        var lanes = Lanes;
        var (left, right) = (TLanes.Load(ref bias), TLanes.Load(ref Unsafe.Add(ref bias, lanes)));
        for (var i = 0; i < Inputs; i++)
        {
            var factor = TLanes.Repeat(Unsafe.Add(ref x, i));
            left = TLanes.MultiplyAdd(factor, TLanes.Load(ref panel), left);
            right = TLanes.MultiplyAdd(factor, TLanes.Load(ref Unsafe.Add(ref panel, lanes)), right);
            panel = ref Unsafe.Add(ref panel, lanes * VectorsInPanel);
        }

        Store(left, right, ref product, lanes);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<TLanes>(TLanes left, TLanes right, ref float product, int lanes)
        where TLanes : struct, ILanes<TLanes>
    {
        left.Store(ref product);
        right.Store(ref Unsafe.Add(ref product, lanes));
    }
}
