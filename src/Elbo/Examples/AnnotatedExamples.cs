using System.Security.Cryptography;

namespace Elbo;

/// <summary>The values of a set with attributes, labels or names of labels from elsewhere.</summary>
internal sealed class AnnotatedExamples : ExampleSet
{
    private readonly ExampleSet _values;

    /// <exception cref="InputException">There is not one attribute value, or one label, for each example.</exception>
    public AnnotatedExamples(
        ExampleSet values, ExampleSet? attributes, ReadOnlyMemory<int> labels, IReadOnlyList<string>? labelNames)
    {
        LabelCheck.Ensure(labels, values.Count, labelNames);
        if (attributes is not null && attributes.Count != values.Count)
        {
            throw new InputException(
                $"There are {attributes.Count} rows of attributes for {values.Count} examples: give one row for each example.");
        }

        (_values, Attributes, Labels, LabelNames) = (values, attributes, labels, labelNames);
    }

    public override int Count => _values.Count;

    public override ValueShape Shape => _values.Shape;

    public override ReadOnlyMemory<int> Labels { get; }

    public override IReadOnlyList<string>? LabelNames { get; }

    public override IReadOnlyList<string>? ValueNames => _values.ValueNames;

    public override ExampleSet? Attributes { get; }

    public override ReadOnlyMemory<long> Indices => _values.Indices;

    internal override (double Min, double Max)? KnownRange => _values.KnownRange;

    internal override bool HasBytes => _values.HasBytes;

    public override void Read(ReadOnlySpan<int> rows, Span<float> destination) => _values.Read(rows, destination);

    public override void Read(ReadOnlySpan<int> rows, Span<double> destination) => _values.Read(rows, destination);

    internal override void ReadBytes(ReadOnlySpan<int> rows, Span<byte> destination) => _values.ReadBytes(rows, destination);

    private protected override void AppendTo(IncrementalHash hash, ReadOnlySpan<int> rows) => AppendFrom(_values, hash, rows);
}
