using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace Elbo;

/// <summary>Reads and writes NumPy files (.npy).</summary>
internal static class NpyFile
{
    private const int MaxHeaderLength = ushort.MaxValue;

    private static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    /// <summary>Writes float32 values atomically, in version 1.0 of the format.</summary>
    /// <param name="path">The file.</param>
    /// <param name="shape">The sizes of the dimensions.</param>
    /// <param name="values">The values, row-major.</param>
    /// <exception cref="ArgumentException">The number of values does not match the shape.</exception>
    public static void Write(string path, IReadOnlyList<int> shape, ReadOnlyMemory<float> values) =>
        Write(path, new NpyHeader(NpyType.Float32, shape), values, BinaryPrimitives.WriteSingleLittleEndian);

    /// <summary>Writes float64 values atomically, in version 1.0 of the format.</summary>
    /// <inheritdoc cref="Write(string, IReadOnlyList{int}, ReadOnlyMemory{float})"/>
    public static void Write(string path, IReadOnlyList<int> shape, ReadOnlyMemory<double> values) =>
        Write(path, new NpyHeader(NpyType.Float64, shape), values, BinaryPrimitives.WriteDoubleLittleEndian);

    private static void Write<T>(string path, NpyHeader header, ReadOnlyMemory<T> values, LittleEndianWriter<T> write)
        where T : unmanaged
    {
        var size = header.Type.SizeOf();
        if (header.DataLength != (long)values.Length * size)
            throw new ArgumentException($"{values.Length} values do not fill {string.Join('x', header.Shape)}.", nameof(values));
        AtomicFile.Write(path, stream =>
        {
            stream.Write(header.Encode());
            if (BitConverter.IsLittleEndian)
            {
                // In chunks, because the byte length of a large array may exceed the maximum length of a span.
                const int chunkSize = 1 << 20;
                for (var start = 0; start < values.Length; start += chunkSize)
                    stream.Write(MemoryMarshal.AsBytes(values.Span.Slice(start, Math.Min(chunkSize, values.Length - start))));
                return;
            }

            Span<byte> bytes = stackalloc byte[sizeof(double)];
            foreach (var value in values.Span)
            {
                write(bytes, value);
                stream.Write(bytes[..size]);
            }
        });
    }

    private delegate void LittleEndianWriter<in T>(Span<byte> destination, T value);

    /// <summary>Reads an array in any version of the format. The header is checked before memory is allocated for the data.</summary>
    /// <exception cref="InputException">
    /// The file is missing, truncated or too long, not a NumPy file, in Fortran order, or of a type other than float32, float64, uint8,
    /// int32 and int64.
    /// </exception>
    public static NpyArray Read(string path) => InputFile.Read(path, stream =>
    {
        var layout = ReadLayout(stream, path);
        if (layout.Length > Array.MaxLength)
            throw new InputException($"{path} exceeds the maximum of {Array.MaxLength} bytes: split it.");
        var data = new byte[layout.Length];
        stream.ReadExactly(data);
        return new NpyArray(layout.Type, layout.Shape, data);
    });

    /// <summary>Reads the header of a file and checks that the file is as long as it says, to map the data or to read it later.</summary>
    /// <exception cref="InputException">As for <see cref="Read(string)"/>.</exception>
    public static NpyLayout ReadLayout(string path) => InputFile.Read(path, stream => ReadLayout(stream, path));

    private static NpyLayout ReadLayout(FileStream stream, string path)
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
            throw new InputException($"{path} is corrupt: its shape has too many elements.", exception);
        }

        if (length != remaining)
        {
            throw new InputException(
                $"{path} is {(length > remaining ? "truncated" : "corrupt")}: {remaining} bytes follow its header, but "
                + $"the shape {string.Join('x', header.Shape)} requires {length}.");
        }

        return new NpyLayout(header.Type, header.Shape, stream.Position, length);
    }

    private static NpyHeader ReadHeader(FileStream stream, string path)
    {
        Span<byte> start = stackalloc byte[Magic.Length + 2];
        if (stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) < start.Length || !start.StartsWith(Magic))
            throw new InputException($"{path} is not a NumPy file: a NumPy file starts with the byte 0x93 and NUMPY.");
        // Version 1.0 has two bytes for the length of the header, 2.0 and 3.0 have four.
        Span<byte> lengthBytes = stackalloc byte[sizeof(uint)];
        lengthBytes.Clear();
        var lengthSize = (start[^2], start[^1]) switch
        {
            (1, 0) => sizeof(ushort),
            (2 or 3, 0) => sizeof(uint),
            var (major, minor) => throw new InputException($"{path} is a NumPy file of version {major}.{minor}, which is not supported."),
        };
        stream.ReadExactly(lengthBytes[..lengthSize]);
        var length = BinaryPrimitives.ReadUInt32LittleEndian(lengthBytes);
        if (length > Math.Min(MaxHeaderLength, stream.Length - stream.Position))
            throw new InputException($"{path} is truncated or corrupt: its header length is given as {length} bytes.");
        var text = new byte[length];
        stream.ReadExactly(text);
        try
        {
            return NpyHeader.Parse(Encoding.UTF8.GetString(text));
        }
        catch (FormatException exception)
        {
            throw new InputException($"{path} cannot be read: {exception.Message}.", exception);
        }
    }
}
