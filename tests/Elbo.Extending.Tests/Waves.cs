namespace Extending;

// begin
/// <summary>Sine waves that are computed as they are read: the label is the number of periods, and the index decides the phase.</summary>
internal sealed class Waves(int count) : ExampleSet
{
    private const int Samples = 32;

    public override int Count => count;

    public override ValueShape Shape => ValueShape.Vector(Samples);

    public override ReadOnlyMemory<int> Labels { get; } = Enumerable.Range(0, count).Select(row => row % 3).ToArray();

    public override void Read(ReadOnlySpan<int> rows, Span<float> destination)
    {
        for (var i = 0; i < destination.Length; i++)
        {
            var (row, position) = (rows[i / Samples], i % Samples);
            destination[i] = 0.5f + 0.5f * (float)Math.Sin(2 * Math.PI * (row % 3 + 1) * position / Samples + row);
        }
    }
}
// end
