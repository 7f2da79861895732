namespace Elbo;

/// <summary>
/// Rows of real numbers: sensor readings, columns of a table, embeddings, or images of floats. Each row may have a label, and attributes.
/// </summary>
public sealed class RowDataset : ExampleSet
{
    private readonly NumberSource _numbers;

    /// <summary>Takes rows of float32. They are not copied: leave the memory as it is afterwards.</summary>
    /// <param name="shape">The shape of each row, such as <c>ValueShape.Vector(12)</c>.</param>
    /// <param name="values">At least one row of finite numbers, laid out as [count, size].</param>
    /// <param name="labels">The label of each row, from 0, in the same order; empty for no labels.</param>
    /// <param name="attributes">The attributes of each row, in the same order; null for none.</param>
    /// <param name="names">The names of the numbers of a row, such as the columns of a table; null for none.</param>
    /// <param name="labelNames">What label 0, 1, ... stand for; null where that is not known.</param>
    /// <exception cref="InputException">
    /// The values are not a whole number of rows or one is not finite, labels, attributes or names differ in number, or a label is negative
    /// or has no name.
    /// </exception>
    public RowDataset(
        ValueShape shape,
        ReadOnlyMemory<float> values,
        ReadOnlyMemory<int> labels = default,
        ExampleSet? attributes = null,
        IReadOnlyList<string>? names = null,
        IReadOnlyList<string>? labelNames = null)
        : this(shape, new SingleNumbers(values), labels, attributes, names, labelNames)
    {
    }

    /// <summary>Takes rows of float64. They are not copied: leave the memory as it is afterwards.</summary>
    /// <inheritdoc cref="RowDataset(ValueShape, ReadOnlyMemory{float}, ReadOnlyMemory{int}, ExampleSet, IReadOnlyList{string}, IReadOnlyList{string})"/>
    public RowDataset(
        ValueShape shape,
        ReadOnlyMemory<double> values,
        ReadOnlyMemory<int> labels = default,
        ExampleSet? attributes = null,
        IReadOnlyList<string>? names = null,
        IReadOnlyList<string>? labelNames = null)
        : this(shape, new DoubleNumbers(values), labels, attributes, names, labelNames)
    {
    }

    internal RowDataset(
        ValueShape shape,
        NumberSource numbers,
        ReadOnlyMemory<int> labels = default,
        ExampleSet? attributes = null,
        IReadOnlyList<string>? names = null,
        IReadOnlyList<string>? labelNames = null)
    {
        if (shape.Size == 0)
            throw new InputException("A dataset of rows has no shape: give one, such as ValueShape.Vector(12).");
        if (numbers.Count == 0 || numbers.Count % shape.Size != 0)
            throw new InputException($"{numbers.Count} values are not a whole number of rows of {shape.Size} numbers.");
        if (numbers.Count / shape.Size > Array.MaxLength)
            throw new InputException($"A dataset has more than {Array.MaxLength} rows: divide it.");
        if (names is not null && names.Count != shape.Size)
            throw new InputException($"{names.Count} names were given for rows of {shape.Size} numbers: give one for each, or none.");
        (Shape, _numbers, Count) = (shape, numbers, (int)(numbers.Count / shape.Size));
        LabelCheck.Ensure(labels, Count, labelNames);
        if (attributes is not null && attributes.Count != Count)
        {
            throw new InputException(
                $"There are {attributes.Count} rows of attributes for {Count} rows: give one for each, or none.");
        }

        (Labels, Attributes, ValueNames, LabelNames) = (labels, attributes, names, labelNames);
        if (numbers.FindNotFinite() is { } invalid)
            throw ValueStatistics.NotFinite(this, (int)(invalid / shape.Size), (int)(invalid % shape.Size));
    }

    /// <summary>The number of rows.</summary>
    public override int Count { get; }

    /// <inheritdoc/>
    public override ValueShape Shape { get; }

    /// <inheritdoc/>
    public override ReadOnlyMemory<int> Labels { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<string>? LabelNames { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<string>? ValueNames { get; }

    /// <inheritdoc/>
    public override ExampleSet? Attributes { get; }

    /// <summary>Makes a dataset of single rows.</summary>
    /// <param name="rows">At least one row of finite numbers; all of one length.</param>
    /// <param name="labels">The label of each row, from 0; null for no labels.</param>
    /// <param name="names">The names of the numbers of a row; null for none.</param>
    /// <param name="labelNames">What label 0, 1, ... stand for; null where that is not known.</param>
    /// <returns>The dataset, with a copy of the numbers.</returns>
    /// <exception cref="InputException">A row has another length, or a number that is not finite.</exception>
    public static RowDataset FromRows(
        IEnumerable<IReadOnlyList<double>> rows,
        IReadOnlyList<int>? labels = null,
        IReadOnlyList<string>? names = null,
        IReadOnlyList<string>? labelNames = null)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var values = new List<double>();
        var width = 0;
        foreach (var (index, row) in rows.Index())
        {
            if (index == 0)
                width = row.Count;
            if (row.Count != width)
                throw new InputException($"Row {index} (zero-based) has {row.Count} numbers, but the first has {width}: give rows of one length.");
            values.AddRange(row);
        }

        return width == 0
            ? throw new InputException("No rows were given: give at least one with at least one number.")
            : new RowDataset(ValueShape.Vector(width), values.ToArray(), labels is null ? default : labels.ToArray(), null, names, labelNames);
    }

    /// <inheritdoc/>
    public override void Read(ReadOnlySpan<int> rows, Span<float> destination)
    {
        for (var i = 0; i < rows.Length; i++)
            _numbers.Read((long)rows[i] * Shape.Size, destination.Slice(i * Shape.Size, Shape.Size));
    }

    /// <inheritdoc/>
    public override void Read(ReadOnlySpan<int> rows, Span<double> destination)
    {
        for (var i = 0; i < rows.Length; i++)
            _numbers.Read((long)rows[i] * Shape.Size, destination.Slice(i * Shape.Size, Shape.Size));
    }
}
