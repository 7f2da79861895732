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
    /// <exception cref="ArgumentException">A value is not finite.</exception>
    /// <exception cref="InputException">
    /// The values are not a whole number of rows, labels, attributes or names differ in number, or a label is negative or has no name.
    /// </exception>
    public RowDataset(
        ValueShape shape,
        ReadOnlyMemory<float> values,
        ReadOnlyMemory<int> labels = default,
        ExampleSet? attributes = null,
        IReadOnlyList<string>? names = null,
        IReadOnlyList<string>? labelNames = null)
        : this(shape, new SingleNumbers(values), labels, attributes, names, labelNames) => EnsureFinite(nameof(values));

    /// <summary>Takes rows of float64. They are not copied: leave the memory as it is afterwards.</summary>
    /// <inheritdoc
    /// cref="RowDataset(ValueShape, ReadOnlyMemory{float}, ReadOnlyMemory{int}, ExampleSet, IReadOnlyList{string}, IReadOnlyList{string})"
    /// />
    public RowDataset(
        ValueShape shape,
        ReadOnlyMemory<double> values,
        ReadOnlyMemory<int> labels = default,
        ExampleSet? attributes = null,
        IReadOnlyList<string>? names = null,
        IReadOnlyList<string>? labelNames = null)
        : this(shape, new DoubleNumbers(values), labels, attributes, names, labelNames) => EnsureFinite(nameof(values));

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
    }

    /// <summary>Which number is not finite, in one sentence; null if none is. Mapped numbers are not read for this.</summary>
    internal string? NotFiniteInMemory => _numbers.FindNotFinite() is { } invalid
        ? ValueStatistics.Describe(this, (int)(invalid / Shape.Size), (int)(invalid % Shape.Size))
        : null;

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
    /// <exception cref="ArgumentException">There are no rows, or one has another length or a number that is not finite.</exception>
    /// <exception cref="InputException">Labels or names differ in number, or a label is negative or has no name.</exception>
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
            {
                throw new ArgumentException(
                    $"Row {index} (zero-based) has {row.Count} numbers, but the first has {width}: give rows of one length.", nameof(rows));
            }

            values.AddRange(row);
        }

        if (width == 0)
            throw new ArgumentException("No rows were given: give at least one with at least one number.", nameof(rows));
        var numbers = new DoubleNumbers(values.ToArray());
        var set = new RowDataset(
            ValueShape.Vector(width), numbers, labels is null ? default : labels.ToArray(), null, names, labelNames);
        set.EnsureFinite(nameof(rows));
        return set;
    }

    /// <summary>
    /// Reads rows from a NumPy file: <c>[count, width]</c>, or <c>[count]</c> for rows of one number, of float32, float64, uint8, int32 or
    /// int64.
    /// </summary>
    /// <param name="path">
    /// The file. One of float32 or float64 is mapped if it has 256 MiB or more: do not shorten it then. Whether its numbers are finite is
    /// checked as they are used.
    /// </param>
    /// <param name="labels">
    /// A file with the label of each row: integers from 0, in one dimension of a NumPy file or one on each line of a text; null for none.
    /// </param>
    /// <param name="names">The names of the columns; null for none.</param>
    /// <param name="labelNames">What label 0, 1, ... stand for; null where that is not known.</param>
    /// <returns>The rows.</returns>
    /// <exception cref="InputException">
    /// A file is missing or corrupt, has another shape or type, a number is not finite, or labels or names differ in number.
    /// </exception>
    public static RowDataset FromNpy(
        string path, string? labels = null, IReadOnlyList<string>? names = null, IReadOnlyList<string>? labelNames = null) =>
        RowFiles.ReadNpy(path, labels is null ? default : LabelFile.Read(labels), names, labelNames);

    /// <summary>
    /// Reads rows from a CSV file (RFC 4180, in UTF-8, with commas, semicolons or tabulators) whose first line has the names of the
    /// columns, which become <see cref="ValueNames"/>. Numbers are as in English, 1.5, -3, 4e1, or have decimal commas where no comma
    /// separates values. A first column without a name, as pandas writes its index, and an empty last one are left out.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="columns">The columns to take, in this order; null for all but the column of labels. Others may hold anything.</param>
    /// <param name="labelColumn">
    /// A column of labels: integers from 0, or texts, which become 0, 1, ... in ordinal order, with <see cref="LabelNames"/>; null for
    /// none.
    /// </param>
    /// <returns>The rows, in memory, as float64.</returns>
    /// <exception cref="InputException">
    /// The file is missing, a column does not exist, a line has another number of values, or a value is not a finite number.
    /// </exception>
    /// <exception cref="SettingsException">No column, or one twice, is asked for.</exception>
    public static RowDataset FromCsv(string path, IReadOnlyList<string>? columns = null, string? labelColumn = null)
    {
        var table = CsvTable.Read(path, columns, labelColumn);
        return RowFiles.Of(path, table, table.Labels is { } texts ? TextLabels.NamesOf(texts) : null);
    }

    private void EnsureFinite(string parameter)
    {
        if (NotFiniteInMemory is { } problem)
            throw new ArgumentException(problem, parameter);
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
