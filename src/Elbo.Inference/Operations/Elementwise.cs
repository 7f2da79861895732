namespace Elbo.Inference;

/// <summary>A function of each number.</summary>
internal delegate void UnaryFunction<T>(ReadOnlySpan<T> source, Span<T> destination);

/// <summary>Applies a function to each number.</summary>
internal sealed class Elementwise<T>(Value input, Value output, UnaryFunction<T> function) : Operation([input], output)
{
    public override bool WorksInPlace => true;

    public override void Run(Workspace workspace, int rows)
    {
        var source = workspace.Whole<T>(input.Storage, rows);
        var destination = workspace.Whole<T>(Output.Storage, rows);
        if (!source.IsEmpty && source.Length == destination.Length)
            function(source, destination);
        else
            function(workspace.Of<T>(input.Storage, rows), workspace.Of<T>(Output.Storage, rows));
    }
}

/// <summary>Converts each number to another type.</summary>
internal delegate void ConversionFunction<TFrom, TTo>(ReadOnlySpan<TFrom> source, Span<TTo> destination);

/// <summary>Converts each number to another type.</summary>
internal sealed class Conversion<TFrom, TTo>(Value input, Value output, ConversionFunction<TFrom, TTo> conversion)
    : Operation([input], output)
{
    public override void Run(Workspace workspace, int rows) =>
        conversion(workspace.Of<TFrom>(input.Storage, rows), workspace.Of<TTo>(Output.Storage, rows));
}

/// <summary>A function of two numbers, of which one may be the same for all.</summary>
internal sealed record BinaryFunction<T>(
    BinaryFunction<T>.OfBoth Both, BinaryFunction<T>.OfRight Right, BinaryFunction<T>.OfLeft Left)
{
    public delegate void OfBoth(ReadOnlySpan<T> left, ReadOnlySpan<T> right, Span<T> destination);

    public delegate void OfRight(ReadOnlySpan<T> left, T right, Span<T> destination);

    public delegate void OfLeft(T left, ReadOnlySpan<T> right, Span<T> destination);
}

/// <summary>Combines two values number by number.</summary>
internal sealed class Combination<T>(Value left, Value right, Value output, Broadcast broadcast, BinaryFunction<T> function)
    : Operation([left, right], output)
{
    public override bool WorksInPlace => true;

    public override void Run(Workspace workspace, int rows)
    {
        var a = workspace.Of<T>(left.Storage, rows);
        var b = workspace.Of<T>(right.Storage, rows);
        var result = workspace.Of<T>(Output.Storage, rows);
        var (length, count) = (broadcast.RunLength(rows), broadcast.RunCount(rows));
        var (leftIsOne, rightIsOne) = (broadcast.IsRepeated(0), broadcast.IsRepeated(1));
        for (var run = 0; run < count; run++)
        {
            var (first, second) = (broadcast.Start(0, run, rows), broadcast.Start(1, run, rows));
            var destination = result.Slice(run * length, length);
            if (rightIsOne)
            {
                // Read before the destination is written, which may be the same memory.
                var one = b[second];
                if (leftIsOne)
                    destination.Fill(a[first]);
                function.Right(leftIsOne ? destination : a.Slice(first, length), one, destination);
            }
            else if (leftIsOne)
                function.Left(a[first], b.Slice(second, length), destination);
            else
                function.Both(a.Slice(first, length), b.Slice(second, length), destination);
        }
    }
}

/// <summary>Compares two values number by number: 1 where it holds, 0 where not.</summary>
internal sealed class Comparison<T>(Value left, Value right, Value output, Broadcast broadcast, Func<T, T, bool> holds)
    : Operation([left, right], output)
{
    public override void Run(Workspace workspace, int rows)
    {
        var a = workspace.Of<T>(left.Storage, rows);
        var b = workspace.Of<T>(right.Storage, rows);
        var result = workspace.Of<float>(Output.Storage, rows);
        var (length, count) = (broadcast.RunLength(rows), broadcast.RunCount(rows));
        var (leftStep, rightStep) = (broadcast.IsRepeated(0) ? 0 : 1, broadcast.IsRepeated(1) ? 0 : 1);
        for (var run = 0; run < count; run++)
        {
            var (first, second) = (broadcast.Start(0, run, rows), broadcast.Start(1, run, rows));
            for (var i = 0; i < length; i++)
                result[run * length + i] = holds(a[first + i * leftStep], b[second + i * rightStep]) ? 1 : 0;
        }
    }
}

/// <summary>Takes each number from one value where a condition holds, and from another where not.</summary>
internal sealed class Selection<T>(Value condition, Value then, Value otherwise, Value output, Broadcast broadcast)
    : Operation([condition, then, otherwise], output)
{
    public override void Run(Workspace workspace, int rows)
    {
        var holds = workspace.Of<float>(condition.Storage, rows);
        var a = workspace.Of<T>(then.Storage, rows);
        var b = workspace.Of<T>(otherwise.Storage, rows);
        var result = workspace.Of<T>(Output.Storage, rows);
        var (length, count) = (broadcast.RunLength(rows), broadcast.RunCount(rows));
        var (step0, step1, step2) = (
            broadcast.IsRepeated(0) ? 0 : 1, broadcast.IsRepeated(1) ? 0 : 1, broadcast.IsRepeated(2) ? 0 : 1);
        for (var run = 0; run < count; run++)
        {
            var (start0, start1, start2) = (
                broadcast.Start(0, run, rows), broadcast.Start(1, run, rows), broadcast.Start(2, run, rows));
            for (var i = 0; i < length; i++)
                result[run * length + i] = holds[start0 + i * step0] != 0 ? a[start1 + i * step1] : b[start2 + i * step2];
        }
    }
}
