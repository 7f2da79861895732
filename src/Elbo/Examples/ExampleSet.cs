using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Elbo;

/// <summary>
/// A set of examples: values x of one shape, each with a label, with attributes (a value of another set, which a model can be conditioned
/// on), with both or with neither. A subclass says how many there are, of which shape, and reads the values of given rows; everything else
/// is optional. Images are <see cref="ImageDataset"/>, rows of numbers <see cref="RowDataset"/>.
/// </summary>
/// <remarks>
/// A set is not copied to be split, shuffled or trained on: batches are read from it row by row. Reading must therefore give the same
/// values each time, and may happen on any thread, and on several at the same time.
/// </remarks>
public abstract class ExampleSet
{
    private const int ChunkValues = 1 << 16;

    private readonly Lazy<string> _sha256;
    private readonly Lazy<long[]> _indices;
    private readonly Lazy<int> _labelCount;
    private readonly Lazy<int[]> _distinctLabels;
    private readonly Lazy<ValueStatistics> _statistics;

    /// <summary>Creates a set.</summary>
    protected ExampleSet()
    {
        _sha256 = new(ComputeSha256);
        _indices = new(() => [.. Enumerable.Range(0, Count).Select(index => (long)index)]);
        _labelCount = new(() => Labels.IsEmpty ? 0 : MaxLabel(Labels.Span) + 1);
        _distinctLabels = new(() => [.. Labels.ToArray().Distinct().Order()]);
        _statistics = new(() => ValueStatistics.Of(this));
    }

    /// <summary>The number of examples, at least 1.</summary>
    public abstract int Count { get; }

    /// <summary>The shape of each value.</summary>
    public abstract ValueShape Shape { get; }

    /// <summary>Reads values in the units of the data; images in 0..1.</summary>
    /// <param name="rows">Which examples, from 0 to <see cref="Count"/> - 1, in the order wanted; one may be given more than once.</param>
    /// <param name="destination">Receives the values, <c>[rows, <see cref="ValueShape.Size"/>]</c>.</param>
    public abstract void Read(ReadOnlySpan<int> rows, Span<float> destination);

    /// <summary>The same with the digits of a float64, for a set that has them; by default those of a float32.</summary>
    /// <inheritdoc cref="Read(ReadOnlySpan{int}, Span{float})" path="/param"/>
    public virtual void Read(ReadOnlySpan<int> rows, Span<double> destination)
    {
        var narrow = ArrayPool<float>.Shared.Rent(destination.Length);
        Read(rows, narrow.AsSpan(0, destination.Length));
        for (var i = 0; i < destination.Length; i++)
            destination[i] = narrow[i];
        ArrayPool<float>.Shared.Return(narrow);
    }

    /// <summary>The label of each example, from 0; empty where there are none.</summary>
    public virtual ReadOnlyMemory<int> Labels => default;

    /// <summary>What label 0, 1, ... stand for; null where that is not known.</summary>
    public virtual IReadOnlyList<string>? LabelNames => null;

    /// <summary>The names of the numbers of a value, such as the columns of a table; null where they have none.</summary>
    public virtual IReadOnlyList<string>? ValueNames => null;

    /// <summary>
    /// The attributes of each example, in the same order: what a model can be conditioned on besides a label, the first part x of a pair
    /// (x, y) of which the value is the second. Null where there are none.
    /// </summary>
    public virtual ExampleSet? Attributes => null;

    /// <summary>
    /// The name of the file that each example was read from, as a path relative to the folder of the files, with slashes; null where the
    /// examples come from no files of their own. The hash does not depend on them.
    /// </summary>
    public virtual IReadOnlyList<string>? FileNames => null;

    /// <summary>
    /// The index of each example in the data as given: its position, or in a subset that of the example it was chosen from. All noise of an
    /// example derives from it, so that an example gets the same noise in whatever subset and order.
    /// </summary>
    public virtual ReadOnlyMemory<long> Indices => _indices.Value;

    /// <summary>Whether the examples have labels.</summary>
    public bool HasLabels => !Labels.IsEmpty;

    /// <summary>The maximum label plus one: labels run from 0 below this. Zero where there are no labels.</summary>
    public int LabelCount => _labelCount.Value;

    /// <summary>The labels that occur, in ascending order: fewer than <see cref="LabelCount"/> where numbers are missing.</summary>
    public IReadOnlyList<int> DistinctLabels => _distinctLabels.Value;

    /// <summary>
    /// The SHA-256 of the content, in lower-case hexadecimal: of the values, the labels and the attributes. It is computed when it is first
    /// asked for, by reading the whole set.
    /// </summary>
    public string Sha256 => _sha256.Value;

    /// <summary>Mean, deviation and range of the values, computed when they are first asked for, by reading the whole set.</summary>
    /// <exception cref="InputException">A value is not a finite number.</exception>
    public ValueStatistics Statistics => NotFinite is { } problem ? throw new InputException(problem) : _statistics.Value;

    /// <summary>Which value is not a finite number, in one sentence; null if all are finite.</summary>
    internal string? NotFinite => _statistics.Value.NotFinite;

    /// <summary>The range that all values are in, if the set knows it without reading them.</summary>
    internal virtual (double Min, double Max)? KnownRange => null;

    /// <summary>Whether values are grey levels from 0 to 255 over 255, which <see cref="ReadBytes"/> reads as they are.</summary>
    internal virtual bool HasBytes => false;

    /// <summary>Reads grey levels.</summary>
    internal virtual void ReadBytes(ReadOnlySpan<int> rows, Span<byte> destination) =>
        throw new InvalidOperationException("The values are no grey levels.");

    /// <summary>The grey levels of some rows, <c>[rows, size]</c>; empty for all.</summary>
    internal byte[] ToBytes(params ReadOnlySpan<int> rows)
    {
        var chosen = rows.IsEmpty ? [.. Enumerable.Range(0, Count)] : rows;
        var bytes = new byte[checked(chosen.Length * Shape.Size)];
        ReadBytes(chosen, bytes);
        return bytes;
    }

    /// <summary>Some of the examples, with their labels, attributes and indices; nothing is copied.</summary>
    /// <param name="rows">Which examples, in the order wanted; one may be given more than once.</param>
    /// <returns>The subset.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no example with one of the indices.</exception>
    /// <exception cref="InputException">No index is given.</exception>
    public ExampleSet Subset(ReadOnlySpan<int> rows)
    {
        if (rows.IsEmpty)
            throw new InputException("A subset of no examples was asked for: give at least one index.");
        foreach (var row in rows)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(row, nameof(rows));
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(row, Count, nameof(rows));
        }

        return new ExampleSubset(this, rows.ToArray());
    }

    /// <summary>The examples in a random order, or some of them; nothing is copied.</summary>
    /// <param name="seed">The seed of the order.</param>
    /// <param name="count">How many, from the start of that order; null for all.</param>
    /// <returns>The subset.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The count is not between 1 and <see cref="Count"/>.</exception>
    public ExampleSet Shuffle(ulong seed, int? count = null)
    {
        var taken = count ?? Count;
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(taken, nameof(count));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(taken, Count, nameof(count));
        return Subset(new SplitMix64(seed).Permutation(Count).AsSpan(..taken));
    }

    /// <summary>The same examples with other attributes: pairs (x, y) of an attribute x and the value y that is to be generated.</summary>
    /// <param name="attributes">The attributes of each example, in the same order.</param>
    /// <returns>The set of pairs; nothing is copied.</returns>
    /// <exception cref="InputException">There is not one attribute value for each example.</exception>
    public ExampleSet WithAttributes(ExampleSet attributes)
    {
        ArgumentNullException.ThrowIfNull(attributes);
        return new AnnotatedExamples(this, attributes, Labels, LabelNames, FileNames);
    }

    /// <summary>The same examples with other names of files.</summary>
    /// <param name="names">The file of each example, in the same order; null for none.</param>
    /// <returns>The set; nothing is copied.</returns>
    /// <exception cref="InputException">There is not one name for each example.</exception>
    public ExampleSet WithFileNames(IReadOnlyList<string>? names) => new AnnotatedExamples(this, Attributes, Labels, LabelNames, names);

    /// <summary>The same examples with other labels.</summary>
    /// <param name="labels">The label of each example, from 0, in the same order.</param>
    /// <param name="names">What label 0, 1, ... stand for; null where that is not known.</param>
    /// <returns>The set; nothing is copied.</returns>
    /// <exception cref="InputException">There is not one label for each example, one is negative, or one has no name.</exception>
    public ExampleSet WithLabels(ReadOnlyMemory<int> labels, IReadOnlyList<string>? names = null) =>
        new AnnotatedExamples(this, Attributes, labels, names, FileNames);

    /// <summary>The values of some examples in arrays.</summary>
    /// <param name="rows">Which examples, in the order wanted; empty for all.</param>
    /// <returns>The values.</returns>
    /// <exception cref="InputException">They are more than an array can hold.</exception>
    public ExampleValues ToValues(params ReadOnlySpan<int> rows)
    {
        var chosen = rows.IsEmpty ? [.. Enumerable.Range(0, Count)] : rows.ToArray();
        if ((long)chosen.Length * Shape.Size > Array.MaxLength)
            throw new InputException($"{chosen.Length} values of {Shape} are more than an array can hold: choose fewer.");
        var values = new float[chosen.Length * Shape.Size];
        Read(chosen, values);
        return new ExampleValues(Shape, values);
    }

    /// <summary>Appends the values of given rows to a hash: by default as little-endian float32.</summary>
    private protected virtual void AppendTo(IncrementalHash hash, ReadOnlySpan<int> rows)
    {
        var values = new float[rows.Length * Shape.Size];
        Read(rows, values);
        Append(hash, values);
    }

    private protected static void AppendFrom(ExampleSet set, IncrementalHash hash, ReadOnlySpan<int> rows) => set.AppendTo(hash, rows);

    /// <summary>Goes through all rows in chunks of some ten thousand values.</summary>
    internal void ForEachChunk(Action<int[]> use)
    {
        var size = Math.Clamp(ChunkValues / Shape.Size, 1, Count);
        for (var start = 0; start < Count; start += size)
            use([.. Enumerable.Range(start, Math.Min(size, Count - start))]);
    }

    private string ComputeSha256()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        AppendContent(hash);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private void AppendContent(IncrementalHash hash)
    {
        ForEachChunk(rows => AppendTo(hash, rows));
        // Labels up to 255 are hashed as the bytes of an IDX file.
        Span<byte> bits = stackalloc byte[sizeof(int)];
        foreach (var label in Labels.Span)
        {
            BinaryPrimitives.WriteInt32LittleEndian(bits, label);
            hash.AppendData(LabelCount <= byte.MaxValue + 1 ? bits[..1] : bits);
        }

        Attributes?.AppendContent(hash);
    }

    private static void Append(IncrementalHash hash, ReadOnlySpan<float> values)
    {
        Span<byte> bits = stackalloc byte[sizeof(float)];
        foreach (var value in values)
        {
            BinaryPrimitives.WriteSingleLittleEndian(bits, value);
            hash.AppendData(bits);
        }
    }

    private static int MaxLabel(ReadOnlySpan<int> labels)
    {
        var max = -1;
        foreach (var label in labels)
            max = Math.Max(max, label);
        return max;
    }
}
