using System.Runtime.InteropServices;

namespace Elbo;

/// <summary>Real numbers in memory or in a mapped file.</summary>
internal abstract class NumberSource
{
    public abstract long Count { get; }

    /// <summary>Reads consecutive numbers.</summary>
    public abstract void Read(long start, Span<float> destination);

    /// <inheritdoc cref="Read(long, Span{float})"/>
    public abstract void Read(long start, Span<double> destination);

    /// <summary>
    /// The position of the first number that is not finite, or null; for numbers in a file, they are checked as they are used.
    /// </summary>
    public virtual long? FindNotFinite() => null;
}

/// <summary>float32 in memory.</summary>
internal sealed class SingleNumbers(ReadOnlyMemory<float> memory) : NumberSource
{
    public override long Count => memory.Length;

    public override void Read(long start, Span<float> destination) => memory.Span.Slice((int)start, destination.Length).CopyTo(destination);

    public override void Read(long start, Span<double> destination)
    {
        var source = memory.Span.Slice((int)start, destination.Length);
        for (var i = 0; i < destination.Length; i++)
            destination[i] = source[i];
    }

    public override long? FindNotFinite()
    {
        var values = memory.Span;
        for (var i = 0; i < values.Length; i++)
        {
            if (!float.IsFinite(values[i]))
                return i;
        }

        return null;
    }
}

/// <summary>float64 in memory.</summary>
internal sealed class DoubleNumbers(ReadOnlyMemory<double> memory) : NumberSource
{
    public override long Count => memory.Length;

    public override void Read(long start, Span<float> destination)
    {
        var source = memory.Span.Slice((int)start, destination.Length);
        for (var i = 0; i < destination.Length; i++)
            destination[i] = (float)source[i];
    }

    public override void Read(long start, Span<double> destination) =>
        memory.Span.Slice((int)start, destination.Length).CopyTo(destination);

    public override long? FindNotFinite()
    {
        var values = memory.Span;
        for (var i = 0; i < values.Length; i++)
        {
            if (!double.IsFinite(values[i]))
                return i;
        }

        return null;
    }
}

/// <summary>float32 or float64 in a mapped file, little-endian, as this machine stores them.</summary>
/// <param name="bytes">The bytes of the file.</param>
/// <param name="isDouble">Whether they are float64.</param>
internal sealed class MappedNumbers(MappedPixels bytes, bool isDouble) : NumberSource
{
    private int Size => isDouble ? sizeof(double) : sizeof(float);

    public override long Count => bytes.Length / Size;

    public override void Read(long start, Span<float> destination)
    {
        var source = bytes.Slice(start * Size, destination.Length * Size);
        if (!isDouble)
        {
            MemoryMarshal.Cast<byte, float>(source).CopyTo(destination);
            return;
        }

        var wide = MemoryMarshal.Cast<byte, double>(source);
        for (var i = 0; i < destination.Length; i++)
            destination[i] = (float)wide[i];
    }

    public override void Read(long start, Span<double> destination)
    {
        var source = bytes.Slice(start * Size, destination.Length * Size);
        if (isDouble)
        {
            MemoryMarshal.Cast<byte, double>(source).CopyTo(destination);
            return;
        }

        var narrow = MemoryMarshal.Cast<byte, float>(source);
        for (var i = 0; i < destination.Length; i++)
            destination[i] = narrow[i];
    }
}
