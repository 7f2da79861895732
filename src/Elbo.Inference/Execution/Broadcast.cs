namespace Elbo.Inference;

/// <summary>
/// How operands of several shapes are read along one output, dimensions of size 1 repeated as in NumPy: as runs, in each of which an
/// operand is either one number or as many as the output.
/// </summary>
internal sealed class Broadcast
{
    private readonly List<Dimension> _dimensions = [];

    private Broadcast()
    {
    }

    /// <summary>The shape of the output.</summary>
    public int[] Shape { get; private init; } = [];

    /// <summary>Whether an operand has one number for each run instead of one for each number of the output.</summary>
    public bool IsRepeated(int operand) => _dimensions[^1].Strides[operand] == 0;

    /// <summary>The numbers in a run.</summary>
    public int RunLength(int rows) => _dimensions[^1].Size(rows);

    /// <summary>How many runs there are.</summary>
    public int RunCount(int rows)
    {
        var count = 1;
        for (var i = 0; i < _dimensions.Count - 1; i++)
            count *= _dimensions[i].Size(rows);
        return count;
    }

    /// <summary>Where a run begins in an operand.</summary>
    public int Start(int operand, int run, int rows)
    {
        var start = 0;
        for (var i = _dimensions.Count - 2; i >= 0; i--)
        {
            var size = _dimensions[i].Size(rows);
            start += run % size * _dimensions[i].Strides[operand];
            run /= size;
        }

        return start;
    }

    /// <summary>The broadcast of operands.</summary>
    /// <exception cref="InvalidDataException">Their shapes do not fit.</exception>
    public static Broadcast Of(params IReadOnlyList<Value> operands)
    {
        var rank = operands.Max(operand => operand.Shape.Length);
        var shape = new int[rank];
        Array.Fill(shape, 1);
        foreach (var operand in operands)
        {
            for (var i = 1; i <= operand.Shape.Length; i++)
            {
                var (known, size) = (shape[^i], operand.Shape[^i]);
                if (known != 1 && size != 1 && known != size)
                    throw new InvalidDataException($"[{string.Join(", ", operand.Shape)}] does not fit [{string.Join(", ", shape)}]");
                shape[^i] = known == 1 ? size : known;
            }
        }

        var broadcast = new Broadcast { Shape = shape };
        var strides = operands.Select(operand => StridesOf(operand.Shape, rank)).ToList();
        for (var i = 0; i < rank; i++)
            broadcast.Add(new Dimension(shape[i] < 0 ? 1 : shape[i], shape[i] < 0, [.. strides.Select(each => each[i])]));
        if (rank == 0)
            broadcast._dimensions.Add(new Dimension(1, false, new int[operands.Count]));
        return broadcast;
    }

    // Dimensions that are read one after the other by every operand are one.
    private void Add(Dimension inner)
    {
        if (_dimensions is [.., var outer] && outer.Strides.Index().All(each => each.Item == inner.Strides[each.Index] * inner.Count)
            && !inner.IsBatch)
        {
            _dimensions[^1] = new Dimension(outer.Count * inner.Count, outer.IsBatch, inner.Strides);
        }
        else if (!inner.IsBatch && inner.Count == 1 && _dimensions.Count > 0)
        {
            // Nothing to repeat.
        }
        else
        {
            _dimensions.Add(inner);
        }
    }

    private static int[] StridesOf(int[] shape, int rank)
    {
        var strides = new int[rank];
        var stride = 1;
        for (var i = 1; i <= shape.Length; i++)
        {
            strides[^i] = shape[^i] == 1 ? 0 : stride;
            stride *= Math.Abs(shape[^i]);
        }

        return strides;
    }

    private sealed record Dimension(int Count, bool IsBatch, int[] Strides)
    {
        public int Size(int rows) => IsBatch ? Count * rows : Count;
    }
}
