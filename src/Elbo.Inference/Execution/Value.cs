namespace Elbo.Inference;

/// <summary>Where the numbers of a value are: a constant, or a slot of each <see cref="Workspace"/>.</summary>
/// <param name="isDouble">Whether they are float64. Everything else is kept as float32, but for int64, which is kept as float64.</param>
/// <param name="hasBatch">Whether there is a row for each example.</param>
/// <param name="rowSize">The numbers of a row, or all of them without a batch.</param>
internal sealed class Storage(bool isDouble, bool hasBatch, int rowSize)
{
    public bool IsDouble => isDouble;

    public bool HasBatch => hasBatch;

    public int RowSize => rowSize;

    /// <summary>The numbers of a constant: an array of float or double.</summary>
    public Array? Constant { get; set; }

    /// <summary>The place in a workspace, for what is no constant.</summary>
    public int Slot { get; set; } = -1;

    /// <summary>The number of the last operation that reads it.</summary>
    public int LastUse { get; set; } = -1;

    public int Count(int rows) => hasBatch ? rows * rowSize : rowSize;

    public bool HasSizeOf(Storage other) => (isDouble, hasBatch, rowSize) == (other.IsDouble, other.HasBatch, other.RowSize);
}

/// <summary>A tensor of a graph: its numbers and their shape, which begins with -1 for the batch.</summary>
internal sealed record Value(Storage Storage, ElementType Type, int[] Shape)
{
    public int Width => Shape[^1];

    public bool IsConstant => Storage.Constant is not null;

    /// <summary>A new tensor.</summary>
    /// <exception cref="InvalidDataException">A size within it is not known.</exception>
    public static Value Create(ElementType type, params int[] shape)
    {
        var hasBatch = shape.Length > 0 && shape[0] < 0;
        var size = 1;
        foreach (var each in hasBatch ? shape[1..] : shape)
        {
            size = each >= 0
                ? checked(size * each)
                : throw new InvalidDataException($"[{string.Join(", ", shape)}] has a size that is not known");
        }

        return new(new Storage(type is ElementType.Double or ElementType.Int64, hasBatch, size), type, shape);
    }

    /// <summary>The same numbers in another shape or by another name of their type.</summary>
    public Value As(ElementType type, int[] shape) => new(Storage, type, shape);

    /// <summary>The numbers of a constant.</summary>
    /// <exception cref="InvalidDataException">It is no constant, or of another type.</exception>
    public T[] Numbers<T>() =>
        Storage.Constant as T[] ?? throw new InvalidDataException($"an operand that must be a constant of {typeof(T).Name} is none");

    /// <summary>The integers of a constant, such as a shape.</summary>
    /// <exception cref="InvalidDataException">It is no constant of integers.</exception>
    public int[] Integers() => Array.ConvertAll(Numbers<double>(), number => (int)Math.Clamp(number, int.MinValue, int.MaxValue));
}
