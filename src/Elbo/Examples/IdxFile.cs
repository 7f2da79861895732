using System.Buffers.Binary;
using System.IO.Compression;

namespace Elbo;

/// <summary>Reads and writes files in the IDX format, raw or gzipped. Gzip is detected from the content, not from the file name.</summary>
internal static class IdxFile
{
    private const int MaxDimensions = 4;
    private const int InitialBufferSize = 1 << 16;

    // Gzip compresses by a factor of at most about 1,032: a header that declares more is rejected before decompression.
    private const long MaxCompressionRatio = 1_100;

    /// <summary>The size from which a raw file is mapped instead of read.</summary>
    internal const long MappedFrom = 1L << 28;

    /// <summary>Reads an array of bytes. Memory is allocated for the data in the file, not for the size declared in the header.</summary>
    /// <exception cref="InputException">The file is missing, truncated, too long, or not an IDX file of bytes.</exception>
    public static IdxArray Read(string path) => InputFile.Read(path, file =>
    {
        var isGzip = file.ReadByte() == 0x1f && file.ReadByte() == 0x8b;
        file.Position = 0;
        if (!isGzip)
            return file.Length < MappedFrom ? Read(file, file.Length, path) : Map(file, path);
        try
        {
            using var decompressed = new GZipStream(file, CompressionMode.Decompress, leaveOpen: true);
            var array = Read(decompressed, file.Length * MaxCompressionRatio, path);
            EnsureTrailer(file, array, path);
            return array;
        }
        catch (InvalidDataException exception)
        {
            throw new InputException($"{path} is corrupt: its gzip content cannot be decompressed.", exception);
        }
    });

    /// <summary>Writes an array atomically, gzipped if the name ends in <c>.gz</c>. The same array gives the same bytes.</summary>
    public static void Write(string path, IdxArray array) => Write(path, array.EncodeHeader(), array.Data.CopyTo);

    /// <summary>Writes images, [count, height, width] if they are grey and else [count, channels, height, width].</summary>
    /// <exception cref="SettingsException">The values are no grey levels of images.</exception>
    public static void WriteImages(string path, ExampleSet images)
    {
        var shape = images.Shape.RequireImage("An IDX file");
        if (!images.HasBytes)
            throw new SettingsException($"{path} is for images of bytes, but the values are real numbers.");
        int[] dimensions = shape.Channels == 1
            ? [images.Count, shape.Height, shape.Width]
            : [images.Count, shape.Channels, shape.Height, shape.Width];
        Write(path, IdxArray.EncodeHeader(dimensions), stream => images.ForEachChunk(rows =>
        {
            var bytes = new byte[rows.Length * shape.Pixels];
            images.ReadBytes(rows, bytes);
            stream.Write(bytes);
        }));
    }

    /// <summary>Writes labels.</summary>
    /// <exception cref="InputException">A label is above 255.</exception>
    public static void WriteLabels(string path, ReadOnlyMemory<int> labels)
    {
        var bytes = new byte[labels.Length];
        for (var i = 0; i < bytes.Length; i++)
        {
            bytes[i] = labels.Span[i] is >= 0 and <= byte.MaxValue and var label
                ? (byte)label
                : throw new InputException($"{path} cannot hold the label {labels.Span[i]}: labels in an IDX file go from 0 to 255.");
        }

        Write(path, new IdxArray([bytes.Length], bytes));
    }

    private static void Write(string path, byte[] header, Action<Stream> writeData) => AtomicFile.Write(path, file =>
    {
        using var compressed = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase)
            ? new GZipStream(file, CompressionLevel.SmallestSize, leaveOpen: true)
            : null;
        var stream = compressed ?? file;
        stream.Write(header);
        writeData(stream);
    });

    /// <summary>Maps a raw file, which may be larger than an array.</summary>
    private static IdxArray Map(FileStream file, string path)
    {
        var dimensions = ReadHeader(file, path);
        var size = EnsureSize(dimensions, file.Length - file.Position, path);
        return file.Length == file.Position + size
            ? new IdxArray(dimensions, new MappedPixels(GivenPath.Full(path), file.Position, size))
            : throw TooLong(path, size);
    }

    private static IdxArray Read(Stream stream, long maxBytes, string path)
    {
        var dimensions = ReadHeader(stream, path);
        var headerLength = sizeof(int) * (1 + dimensions.Length);
        var size = EnsureSize(dimensions, Math.Min(Array.MaxLength, maxBytes - headerLength), path);
        var data = ReadData(stream, (int)size, path);
        return stream.ReadByte() < 0 ? new IdxArray(dimensions, data) : throw TooLong(path, size);
    }

    /// <summary>The number of values that a header declares, which the file must be able to hold.</summary>
    private static long EnsureSize(int[] dimensions, long max, string path)
    {
        var size = 1L;
        foreach (var dimension in dimensions)
        {
            size *= dimension;
            if (size > max)
            {
                throw new InputException($"{path} is truncated or corrupt: its header declares {string.Join('x', dimensions)} values, "
                    + "more than the file can hold.");
            }
        }

        return size;
    }

    private static InputException TooLong(string path, long size) =>
        new($"{path} is corrupt: it continues after the {size} values that its header declares.");

    // GZipStream does not detect a file that is truncated at the end, so the length stored in the gzip trailer is checked here.
    private static void EnsureTrailer(FileStream file, IdxArray array, string path)
    {
        Span<byte> trailer = stackalloc byte[sizeof(uint)];
        file.Seek(-trailer.Length, SeekOrigin.End);
        file.ReadExactly(trailer);
        EnsureFull(BinaryPrimitives.ReadUInt32LittleEndian(trailer) == (uint)(array.HeaderLength + array.Data.Length), path);
    }

    private static int[] ReadHeader(Stream stream, string path)
    {
        Span<byte> start = stackalloc byte[sizeof(int)];
        EnsureFull(stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) == start.Length, path);
        if (start[0] != 0 || start[1] != 0)
            throw new InputException($"{path} is not an IDX file: an IDX file starts with two zero bytes.");
        if (start[2] != IdxArray.UnsignedByteType)
            throw new InputException($"{path} holds values of the IDX type {start[2]:x2}, but only bytes (08) are supported.");
        if (start[3] is < 1 or > MaxDimensions)
            throw new InputException($"{path} has {start[3]} dimensions, but only 1 to {MaxDimensions} are supported.");

        Span<byte> sizes = stackalloc byte[sizeof(int) * start[3]];
        EnsureFull(stream.ReadAtLeast(sizes, sizes.Length, throwOnEndOfStream: false) == sizes.Length, path);
        var dimensions = new int[start[3]];
        for (var i = 0; i < dimensions.Length; i++)
        {
            var size = BinaryPrimitives.ReadUInt32BigEndian(sizes[(sizeof(int) * i)..]);
            dimensions[i] = size is > 0 and <= int.MaxValue
                ? (int)size
                : throw new InputException($"{path} is corrupt: its header declares a dimension of size {size}.");
        }

        return dimensions;
    }

    private static byte[] ReadData(Stream stream, int size, string path)
    {
        // The size of a raw file was checked against its length. For a compressed file, memory grows only as data is decompressed.
        var data = new byte[stream is FileStream ? size : Math.Min(size, InitialBufferSize)];
        var filled = 0;
        while (true)
        {
            var read = stream.ReadAtLeast(data.AsSpan(filled), data.Length - filled, throwOnEndOfStream: false);
            filled += read;
            EnsureFull(filled == data.Length, path);
            if (filled == size)
                return data;
            Array.Resize(ref data, (int)Math.Min(size, 2L * data.Length));
        }
    }

    private static void EnsureFull(bool isFull, string path)
    {
        if (!isFull)
            throw new InputException($"{path} is truncated: it ends before all data that its header declares: download or copy it again.");
    }
}
