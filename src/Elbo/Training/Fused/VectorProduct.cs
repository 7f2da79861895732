using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Elbo;

/// <summary>
/// Products of matrices in vectors of 512 bits, on the calling thread. A panel of the right matrix, some of its rows by three vectors,
/// is copied into consecutive memory; eight rows of the left one at a time are multiplied with it, with their 24 sums in registers. The
/// numbers of a sum are added one after the other, each product and addition with one rounding.
/// </summary>
internal static unsafe class VectorProduct<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int TileRows = 8;

    // A panel stays in the second cache, and eight rows of the left matrix in the first.
    private const int MaxDepth = 400;

    /// <summary>The numbers of the memory that a product needs.</summary>
    public static int PanelNumbers => (MaxDepth + TileRows) * PanelWidth;

    private static int PanelWidth => ThreeVectors<T>.Count * Lanes<T>.Count;

    /// <summary>Computes result = left · right.</summary>
    /// <param name="result">Where the product belongs; the columns of a row are consecutive.</param>
    /// <param name="left">The left matrix.</param>
    /// <param name="right">The right matrix, whose rows or columns are consecutive numbers.</param>
    /// <param name="panel">Memory of <see cref="PanelNumbers"/> numbers.</param>
    public static void Compute(in MatrixPart<T> result, in MatrixPart<T> left, in MatrixPart<T> right, KeptMatrix<T> panel)
    {
        var depthOfAll = left.Columns;
        var parts = Math.Max(1, (depthOfAll + MaxDepth - 1) / MaxDepth);
        for (var part = 0; part < parts; part++)
        {
            var start = Start(part);
            IndexRange depth = new(start, Start(part + 1) - start);
            for (var column = 0; column < result.Columns; column += PanelWidth)
            {
                IndexRange columns = new(column, Math.Min(PanelWidth, result.Columns - column));
                switch ((columns.Count + Lanes<T>.Count - 1) / Lanes<T>.Count)
                {
                    case 1:
                        Multiply<OneVector<T>>(result, left, right, depth, columns, panel.Data);
                        break;
                    case 2:
                        Multiply<TwoVectors<T>>(result, left, right, depth, columns, panel.Data);
                        break;
                    default:
                        Multiply<ThreeVectors<T>>(result, left, right, depth, columns, panel.Data);
                        break;
                }
            }
        }

        int Start(int part) => (int)((long)depthOfAll * part / parts);
    }

    // The columns of the result get what the given columns of the left matrix, which are rows of the right one, contribute to them.
    private static void Multiply<TRow>(
        in MatrixPart<T> result, in MatrixPart<T> left, in MatrixPart<T> right, IndexRange depth, IndexRange columns, T* panel)
        where TRow : struct, IVectorRow<TRow, T>
    {
        var width = TRow.Count * Lanes<T>.Count;
        var source = right.Data + depth.Start * right.RowStride + columns.Start * right.ColumnStride;
        if (right.ColumnStride == 1)
            CopyRows(source, right.RowStride, depth.Count, columns.Count, panel, width);
        else
            CopyColumns(source, right.ColumnStride, depth.Count, columns.Count, panel, width);
        var tile = panel + MaxDepth * PanelWidth;
        var adds = depth.Start > 0;
        for (var row = 0; row < result.Rows; row += TileRows)
        {
            var rows = Math.Min(TileRows, result.Rows - row);
            var target = result.Data + row * result.RowStride + columns.Start;
            var from = left.Data + row * left.RowStride + depth.Start * left.ColumnStride;
            if (columns.Count == width)
            {
                MultiplyTile<TRow>(from, left.RowStride, left.ColumnStride, rows, panel, depth.Count, target, result.RowStride, adds);
                continue;
            }

            // Vectors would write over the numbers behind the last column.
            if (adds)
                Copy(target, result.RowStride, tile, width, rows, columns.Count);
            MultiplyTile<TRow>(from, left.RowStride, left.ColumnStride, rows, panel, depth.Count, tile, width, adds);
            Copy(tile, width, target, result.RowStride, rows, columns.Count);
        }
    }

    // Where there are fewer than eight rows the last of them is computed again in place of the others.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void MultiplyTile<TRow>(
        T* left, long leftRow, long leftColumn, int rows, T* panel, int depth, T* target, long targetRow, bool adds)
        where TRow : struct, IVectorRow<TRow, T>
    {
        var last = rows - 1;
        T* l1 = Row(left, leftRow, 1, last), l2 = Row(left, leftRow, 2, last), l3 = Row(left, leftRow, 3, last);
        T* l4 = Row(left, leftRow, 4, last), l5 = Row(left, leftRow, 5, last), l6 = Row(left, leftRow, 6, last);
        T* l7 = Row(left, leftRow, 7, last);
        TRow s0 = default, s1 = default, s2 = default, s3 = default, s4 = default, s5 = default, s6 = default, s7 = default;
        if (adds)
        {
            s0 = TRow.Load(target);
            s1 = TRow.Load(Row(target, targetRow, 1, last));
            s2 = TRow.Load(Row(target, targetRow, 2, last));
            s3 = TRow.Load(Row(target, targetRow, 3, last));
            s4 = TRow.Load(Row(target, targetRow, 4, last));
            s5 = TRow.Load(Row(target, targetRow, 5, last));
            s6 = TRow.Load(Row(target, targetRow, 6, last));
            s7 = TRow.Load(Row(target, targetRow, 7, last));
        }

        var step = TRow.Count * Lanes<T>.Count;
        for (long at = 0, end = depth * leftColumn; at < end; at += leftColumn, panel += step)
        {
            var row = TRow.Load(panel);
            s0 = TRow.MultiplyAdd(Vector512.Create(left[at]), row, s0);
            s1 = TRow.MultiplyAdd(Vector512.Create(l1[at]), row, s1);
            s2 = TRow.MultiplyAdd(Vector512.Create(l2[at]), row, s2);
            s3 = TRow.MultiplyAdd(Vector512.Create(l3[at]), row, s3);
            s4 = TRow.MultiplyAdd(Vector512.Create(l4[at]), row, s4);
            s5 = TRow.MultiplyAdd(Vector512.Create(l5[at]), row, s5);
            s6 = TRow.MultiplyAdd(Vector512.Create(l6[at]), row, s6);
            s7 = TRow.MultiplyAdd(Vector512.Create(l7[at]), row, s7);
        }

        TRow.Store(s0, target);
        TRow.Store(s1, Row(target, targetRow, 1, last));
        TRow.Store(s2, Row(target, targetRow, 2, last));
        TRow.Store(s3, Row(target, targetRow, 3, last));
        TRow.Store(s4, Row(target, targetRow, 4, last));
        TRow.Store(s5, Row(target, targetRow, 5, last));
        TRow.Store(s6, Row(target, targetRow, 6, last));
        TRow.Store(s7, Row(target, targetRow, 7, last));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T* Row(T* matrix, long stride, int row, int last) => matrix + Math.Min(row, last) * stride;

    // The panel has zeros behind the last column.
    private static void CopyRows(T* source, long stride, int rows, int columns, T* panel, int width)
    {
        for (var row = 0; row < rows; row++, source += stride, panel += width)
        {
            for (var column = 0; column < width; column += Lanes<T>.Count)
                Lanes<T>.Load(source + column, columns - column).Store(panel + column);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void CopyColumns(T* source, long stride, int rows, int columns, T* panel, int width)
    {
        var column = 0;
        if (typeof(T) == typeof(float) && Sse.IsSupported)
        {
            for (; column <= columns - 4; column += 4)
                TransposeFour((float*)(source + column * stride), stride, rows, (float*)panel + column, width);
        }

        for (; column < width; column++)
        {
            for (var row = 0; row < rows; row++)
                panel[row * width + column] = column < columns ? source[column * stride + row] : T.Zero;
        }
    }

    // Squares of four by four numbers.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void TransposeFour(float* source, long stride, int rows, float* panel, int width)
    {
        float* s0 = source, s1 = s0 + stride, s2 = s1 + stride, s3 = s2 + stride;
        var row = 0;
        for (; row <= rows - 4; row += 4, panel += 4 * width)
        {
            var (a, b) = (Vector128.Load(s0 + row), Vector128.Load(s1 + row));
            var (c, d) = (Vector128.Load(s2 + row), Vector128.Load(s3 + row));
            var (abLow, abHigh, cdLow, cdHigh) = (Sse.UnpackLow(a, b), Sse.UnpackHigh(a, b), Sse.UnpackLow(c, d), Sse.UnpackHigh(c, d));
            Sse.MoveLowToHigh(abLow, cdLow).Store(panel);
            Sse.MoveHighToLow(cdLow, abLow).Store(panel + width);
            Sse.MoveLowToHigh(abHigh, cdHigh).Store(panel + 2 * width);
            Sse.MoveHighToLow(cdHigh, abHigh).Store(panel + 3 * width);
        }

        for (; row < rows; row++, panel += width)
            (panel[0], panel[1], panel[2], panel[3]) = (s0[row], s1[row], s2[row], s3[row]);
    }

    private static void Copy(T* source, long sourceRow, T* target, long targetRow, int rows, int columns)
    {
        for (var row = 0; row < rows; row++)
            new Span<T>(source + row * sourceRow, columns).CopyTo(new Span<T>(target + row * targetRow, columns));
    }
}
