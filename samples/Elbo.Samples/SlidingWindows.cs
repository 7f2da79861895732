namespace Samples;

// begin
/// <summary>A dataset says how many examples there are, of which shape, and reads the values of given rows.</summary>
internal sealed class SlidingWindows(ReadOnlyMemory<float> signal) : ExampleSet
{
    public const int Width = 32;

    public override int Count => signal.Length - Width + 1;

    public override ValueShape Shape => ValueShape.Vector(Width);

    public override void Read(ReadOnlySpan<int> rows, Span<float> destination)
    {
        for (var i = 0; i < rows.Length; i++)
            signal.Span.Slice(rows[i], Width).CopyTo(destination[(i * Width)..]);
    }
}
// end
