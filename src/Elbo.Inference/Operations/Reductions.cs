using System.Numerics;
using System.Numerics.Tensors;

namespace Elbo.Inference;

/// <summary>One dimension of a value, as the numbers before, along and after it.</summary>
internal readonly record struct Axis(int Place, int Before, bool HasBatch, int Length, int After)
{
    /// <exception cref="InvalidDataException">There is no such dimension, or it is the batch.</exception>
    public static Axis Of(Value value, long axis)
    {
        var shape = value.Shape;
        var place = axis < 0 ? shape.Length + axis : axis;
        if (place < 0 || place >= shape.Length || shape[place] < 0)
            throw new InvalidDataException($"the dimension {axis} of [{string.Join(", ", shape)}] cannot be reduced");
        var before = shape.Take((int)place).Aggregate(1, (count, size) => count * Math.Abs(size));
        var after = shape.Skip((int)place + 1).Aggregate(1, (count, size) => count * size);
        return new((int)place, before, value.Storage.HasBatch, shape[place], after);
    }

    public int Blocks(int rows) => HasBatch ? Before * rows : Before;

    public int BlockSize => Length * After;
}

/// <summary>The sum over one dimension.</summary>
internal sealed class Sum<T>(Value input, Value output, Axis axis) : Operation([input], output)
    where T : struct, IFloatingPointIeee754<T>
{
    public override void Run(Workspace workspace, int rows)
    {
        var source = workspace.Of<T>(input.Storage, rows);
        var sums = workspace.Of<T>(Output.Storage, rows);
        for (var block = 0; block < axis.Blocks(rows); block++)
        {
            var numbers = source.Slice(block * axis.BlockSize, axis.BlockSize);
            if (axis.After == 1)
            {
                sums[block] = TensorPrimitives.Sum<T>(numbers);
                continue;
            }

            var sum = sums.Slice(block * axis.After, axis.After);
            sum.Clear();
            for (var i = 0; i < axis.Length; i++)
                TensorPrimitives.Add(sum, numbers.Slice(i * axis.After, axis.After), sum);
        }
    }
}

/// <summary>log Σ exp over one dimension, which is the last.</summary>
internal sealed class LogSumExp<T>(Value input, Value output, Axis axis) : Operation([input], output)
    where T : struct, IFloatingPointIeee754<T>
{
    public override void Run(Workspace workspace, int rows)
    {
        var source = workspace.Of<T>(input.Storage, rows);
        var results = workspace.Of<T>(Output.Storage, rows);
        for (var block = 0; block < axis.Blocks(rows); block++)
        {
            var numbers = source.Slice(block * axis.BlockSize, axis.BlockSize);
            var max = TensorPrimitives.Max<T>(numbers);
            var sum = T.Zero;
            foreach (var number in numbers)
                sum += T.Exp(number - max);
            results[block] = T.IsInfinity(max) ? max : max + T.Log(sum);
        }
    }
}

/// <summary>exp(x) / Σ exp(x) over one dimension, or its logarithm.</summary>
internal sealed class Softmax<T>(Value input, Value output, Axis axis, bool isLogarithm) : Operation([input], output)
    where T : struct, IFloatingPointIeee754<T>
{
    public override bool WorksInPlace => true;

    public override void Run(Workspace workspace, int rows)
    {
        var source = workspace.Of<T>(input.Storage, rows);
        var results = workspace.Of<T>(Output.Storage, rows);
        for (var block = 0; block < axis.Blocks(rows); block++)
        {
            for (var column = 0; column < axis.After; column++)
            {
                var start = block * axis.BlockSize + column;
                Column(source[start..], results[start..]);
            }
        }
    }

    private void Column(ReadOnlySpan<T> source, Span<T> results)
    {
        var last = (axis.Length - 1) * axis.After;
        var (max, sum) = (source[0], T.Zero);
        for (var i = 0; i <= last; i += axis.After)
            max = T.Max(max, source[i]);
        for (var i = 0; i <= last; i += axis.After)
            sum += T.Exp(source[i] - max);
        var logSum = T.Log(sum);
        for (var i = 0; i <= last; i += axis.After)
            results[i] = isLogarithm ? source[i] - max - logSum : T.Exp(source[i] - max) / sum;
    }
}
