using System.Security.Cryptography;

namespace Elbo;

/// <summary>Some of the examples of another set, in a given order; only their row numbers are stored.</summary>
internal sealed class ExampleSubset : ExampleSet
{
    private const int MaxStack = 256;

    private readonly ExampleSet _set;
    private readonly int[] _rows;
    private readonly Lazy<int[]> _labels;
    private readonly Lazy<long[]> _indices;
    private readonly Lazy<string[]?> _fileNames;

    public ExampleSubset(ExampleSet set, int[] rows)
    {
        // A subset of a subset refers to the set itself.
        (_set, _rows) = set is ExampleSubset other ? (other._set, [.. rows.Select(row => other._rows[row])]) : (set, rows);
        _labels = new(() => _set.HasLabels ? [.. _rows.Select(row => _set.Labels.Span[row])] : []);
        _indices = new(() => [.. _rows.Select(row => _set.Indices.Span[row])]);
        _fileNames = new(() => _set.FileNames is { } names ? [.. _rows.Select(row => names[row])] : null);
        Attributes = _set.Attributes?.Subset(_rows);
    }

    public override int Count => _rows.Length;

    public override ValueShape Shape => _set.Shape;

    public override ReadOnlyMemory<int> Labels => _labels.Value;

    public override IReadOnlyList<string>? LabelNames => _set.LabelNames;

    public override IReadOnlyList<string>? ValueNames => _set.ValueNames;

    public override ExampleSet? Attributes { get; }

    public override IReadOnlyList<string>? FileNames => _fileNames.Value;

    public override ReadOnlyMemory<long> Indices => _indices.Value;

    internal override (double Min, double Max)? KnownRange => _set.KnownRange;

    internal override bool HasBytes => _set.HasBytes;

    public override void Read(ReadOnlySpan<int> rows, Span<float> destination)
    {
        Span<int> own = rows.Length <= MaxStack ? stackalloc int[rows.Length] : new int[rows.Length];
        Map(rows, own);
        _set.Read(own, destination);
    }

    public override void Read(ReadOnlySpan<int> rows, Span<double> destination)
    {
        Span<int> own = rows.Length <= MaxStack ? stackalloc int[rows.Length] : new int[rows.Length];
        Map(rows, own);
        _set.Read(own, destination);
    }

    internal override void ReadBytes(ReadOnlySpan<int> rows, Span<byte> destination)
    {
        Span<int> own = rows.Length <= MaxStack ? stackalloc int[rows.Length] : new int[rows.Length];
        Map(rows, own);
        _set.ReadBytes(own, destination);
    }

    private protected override void AppendTo(IncrementalHash hash, ReadOnlySpan<int> rows)
    {
        var own = new int[rows.Length];
        Map(rows, own);
        AppendFrom(_set, hash, own);
    }

    private void Map(ReadOnlySpan<int> rows, Span<int> own)
    {
        for (var i = 0; i < rows.Length; i++)
            own[i] = _rows[rows[i]];
    }
}
