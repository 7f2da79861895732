using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace Elbo;

/// <summary>Reads and writes NumPy files (.npy), which Python and most programs for figures read as they are.</summary>
internal static class NpyFile
{
    private const int LongestHeader = ushort.MaxValue;

    private static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    /// <summary>Writes float32 values atomically, in version 1.0 of the format.</summary>
    /// <param name="path">The file.</param>
    /// <param name="shape">The sizes of the dimensions.</param>
    /// <param name="values">The values, row-major.</param>
    /// <exception cref="ArgumentException">There are more or fewer values than the shape says.</exception>
    public static void Write(string path, IReadOnlyList<int> shape, ReadOnlyMemory<float> values)
    {
        var header = new NpyHeader(NpyType.Float32, shape);
        if (header.DataLength != (long)values.Length * sizeof(float))
            throw new ArgumentException($"{values.Length} values do not fill {string.Join('x', shape)}.", nameof(values));
        AtomicFile.Write(path, stream =>
        {
            stream.Write(header.Encode());
            if (BitConverter.IsLittleEndian)
            {
                // In pieces, because the bytes of a large array are more than one span can hold.
                const int piece = 1 << 20;
                for (var start = 0; start < values.Length; start += piece)
                    stream.Write(MemoryMarshal.AsBytes(values.Span.Slice(start, Math.Min(piece, values.Length - start))));
                return;
            }

            Span<byte> bytes = stackalloc byte[sizeof(float)];
            foreach (var value in values.Span)
            {
                BinaryPrimitives.WriteSingleLittleEndian(bytes, value);
                stream.Write(bytes);
            }
        });
    }

    /// <summary>Reads an array, of any version of the format. No memory is taken for what the header says before it is checked.</summary>
    /// <exception cref="DataException">
    /// The file is missing, truncated or too long, no NumPy file, in Fortran order, or of another type than float32, float64, uint8, int32
    /// and int64.
    /// </exception>
    public static NpyArray Read(string path) => InputFile.Read(path, stream =>
    {
        var header = ReadHeader(stream, path);
        var remaining = stream.Length - stream.Position;
        long length;
        try
        {
            length = header.DataLength;
        }
        catch (OverflowException exception)
        {
            throw new DataException($"{path} is corrupt: its shape has more elements than can be counted.", exception);
        }

        if (length != remaining)
        {
            throw new DataException($"{path} is {(length > remaining ? "truncated" : "corrupt")}: {remaining} bytes follow its header, and "
                + $"the shape {string.Join('x', header.Shape)} takes {length}.");
        }

        if (length > Array.MaxLength)
            throw new DataException($"{path} is larger than the {Array.MaxLength} bytes that can be read: split it.");
        var data = new byte[length];
        stream.ReadExactly(data);
        return new NpyArray(header.Type, header.Shape, data);
    });

    private static NpyHeader ReadHeader(FileStream stream, string path)
    {
        Span<byte> start = stackalloc byte[Magic.Length + 2];
        if (stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) < start.Length || !start.StartsWith(Magic))
            throw new DataException($"{path} is not a NumPy file: one starts with the byte 93 and NUMPY.");
        // Version 1.0 has two bytes for the length of the header, 2.0 and 3.0 have four.
        Span<byte> lengthBytes = stackalloc byte[sizeof(uint)];
        lengthBytes.Clear();
        var lengthSize = (start[^2], start[^1]) switch
        {
            (1, 0) => sizeof(ushort),
            (2 or 3, 0) => sizeof(uint),
            var (major, minor) => throw new DataException($"{path} is a NumPy file of version {major}.{minor}, which cannot be read."),
        };
        stream.ReadExactly(lengthBytes[..lengthSize]);
        var length = BinaryPrimitives.ReadUInt32LittleEndian(lengthBytes);
        if (length > Math.Min(LongestHeader, stream.Length - stream.Position))
            throw new DataException($"{path} is truncated or corrupt: its header would be {length} bytes long.");
        var text = new byte[length];
        stream.ReadExactly(text);
        try
        {
            return NpyHeader.Parse(Encoding.UTF8.GetString(text));
        }
        catch (FormatException exception)
        {
            throw new DataException($"{path} cannot be read: {exception.Message}.", exception);
        }
    }
}
