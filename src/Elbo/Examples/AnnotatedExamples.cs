using System.Security.Cryptography;

namespace Elbo;

/// <summary>The values of a set with attributes, labels, names of labels or of files from elsewhere.</summary>
internal sealed class AnnotatedExamples : ExampleSet
{
    private readonly ExampleSet _values;

    /// <exception cref="InputException">There is not one attribute value, one label or one file, for each example.</exception>
    public AnnotatedExamples(
        ExampleSet values,
        ExampleSet? attributes,
        ReadOnlyMemory<int> labels,
        IReadOnlyList<string>? labelNames,
        IReadOnlyList<string>? fileNames)
    {
        LabelCheck.Ensure(labels, values.Count, labelNames);
        if (attributes is not null && attributes.Count != values.Count)
        {
            throw new InputException(
                $"There are {attributes.Count} rows of attributes for {values.Count} examples: give one row for each example.");
        }

        if (fileNames is not null && fileNames.Count != values.Count)
        {
            throw new InputException(
                $"There are {fileNames.Count} names of files for {values.Count} examples: give one for each, or none.");
        }

        (_values, Attributes, Labels, LabelNames, FileNames) = (values, attributes, labels, labelNames, fileNames);
    }

    public override int Count => _values.Count;

    public override ValueShape Shape => _values.Shape;

    public override ReadOnlyMemory<int> Labels { get; }

    public override IReadOnlyList<string>? LabelNames { get; }

    public override IReadOnlyList<string>? ValueNames => _values.ValueNames;

    public override ExampleSet? Attributes { get; }

    public override IReadOnlyList<string>? FileNames { get; }

    public override ReadOnlyMemory<long> Indices => _values.Indices;

    internal override (double Min, double Max)? KnownRange => _values.KnownRange;

    internal override bool HasBytes => _values.HasBytes;

    public override void Read(ReadOnlySpan<int> rows, Span<float> destination) => _values.Read(rows, destination);

    public override void Read(ReadOnlySpan<int> rows, Span<double> destination) => _values.Read(rows, destination);

    internal override void ReadBytes(ReadOnlySpan<int> rows, Span<byte> destination) => _values.ReadBytes(rows, destination);

    private protected override void AppendTo(IncrementalHash hash, ReadOnlySpan<int> rows) => AppendFrom(_values, hash, rows);
}
