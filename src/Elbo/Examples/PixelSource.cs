using System.IO.MemoryMappedFiles;

namespace Elbo;

/// <summary>Bytes in memory or in a mapped file, which may be more than an array can hold.</summary>
internal abstract class PixelSource
{
    public abstract long Length { get; }

    /// <summary>Some consecutive bytes.</summary>
    public abstract ReadOnlySpan<byte> Slice(long start, int count);

    /// <summary>Writes all bytes to a stream.</summary>
    public void CopyTo(Stream stream)
    {
        const int chunkSize = 1 << 20;
        for (var start = 0L; start < Length; start += chunkSize)
            stream.Write(Slice(start, (int)Math.Min(chunkSize, Length - start)));
    }
}

/// <summary>Bytes in memory.</summary>
internal sealed class PixelMemory(ReadOnlyMemory<byte> memory) : PixelSource
{
    public override long Length => memory.Length;

    public override ReadOnlySpan<byte> Slice(long start, int count) => memory.Span.Slice(checked((int)start), count);
}

/// <summary>
/// A part of a file, mapped into the address space: the system reads pages as they are used, and may drop them again. The file must not be
/// shortened while it is mapped.
/// </summary>
internal sealed unsafe class MappedPixels : PixelSource
{
    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;
    private readonly byte* _start;

    /// <param name="path">The file.</param>
    /// <param name="offset">Where its data begins.</param>
    /// <param name="length">The number of bytes.</param>
    public MappedPixels(string path, long offset, long length)
    {
        Length = length;
        _file = MemoryMappedFile.CreateFromFile(path, FileMode.Open, null, 0, MemoryMappedFileAccess.Read);
        _view = _file.CreateViewAccessor(0, offset + length, MemoryMappedFileAccess.Read);
        byte* start = null;
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
        _start = start + _view.PointerOffset + offset;
    }

    ~MappedPixels()
    {
        // The handles of the view and of the file have finalizers of their own, and need the pointer given back.
        if (_start != null)
            _view.SafeMemoryMappedViewHandle.ReleasePointer();
    }

    public override long Length { get; }

    public override ReadOnlySpan<byte> Slice(long start, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(start + count, Length);
        return new ReadOnlySpan<byte>(_start + start, count);
    }
}
