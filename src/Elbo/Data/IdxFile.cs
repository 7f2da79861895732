using System.Buffers.Binary;
using System.IO.Compression;

namespace Elbo;

/// <summary>Reads and writes files in the IDX format, raw or gzipped: the content tells which, not the name.</summary>
internal static class IdxFile
{
    private const int MostDimensions = 4;
    private const int FirstChunk = 1 << 16;

    // A gzipped file holds at most about 1,032 times its size: what claims more is refused before anything is unpacked.
    private const long LargestRatio = 1_100;

    /// <summary>Reads an array of bytes. No memory is taken for what the header says, only for what is there.</summary>
    /// <exception cref="DataException">The file is missing, truncated, too long, or not an IDX file of bytes.</exception>
    public static IdxArray Read(string path) => InputFile.Read(path, file =>
    {
        var isGzip = file.ReadByte() == 0x1f && file.ReadByte() == 0x8b;
        file.Position = 0;
        if (!isGzip)
            return Read(file, file.Length, path);
        try
        {
            using var unpacked = new GZipStream(file, CompressionMode.Decompress, leaveOpen: true);
            var array = Read(unpacked, file.Length * LargestRatio, path);
            RequireTrailer(file, array, path);
            return array;
        }
        catch (InvalidDataException exception)
        {
            throw new DataException($"{path} is corrupt: its gzip content cannot be unpacked.", exception);
        }
    });

    /// <summary>Writes an array atomically, gzipped where the name ends in <c>.gz</c>. The same array gives the same bytes.</summary>
    public static void Write(string path, IdxArray array) => AtomicFile.Write(path, file =>
    {
        using var packed = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase)
            ? new GZipStream(file, CompressionLevel.SmallestSize, leaveOpen: true)
            : null;
        var stream = packed ?? file;
        stream.Write(array.EncodeHeader());
        stream.Write(array.Data.Span);
    });

    private static IdxArray Read(Stream stream, long mostBytes, string path)
    {
        var dimensions = ReadHeader(stream, path);
        var headerLength = sizeof(int) * (1 + dimensions.Length);
        var size = 1L;
        foreach (var dimension in dimensions)
        {
            size *= dimension;
            if (size > Math.Min(Array.MaxLength, mostBytes - headerLength))
            {
                throw new DataException($"{path} is truncated or corrupt: its header announces {string.Join('x', dimensions)} values, "
                    + "more than the file can hold.");
            }
        }

        var data = ReadData(stream, (int)size, path);
        return stream.ReadByte() < 0
            ? new IdxArray(dimensions, data)
            : throw new DataException($"{path} is corrupt: it goes on after the {size} values that its header announces.");
    }

    // GZipStream lets a file pass whose end is cut off. There stands the length of the content, which is what is checked here.
    private static void RequireTrailer(FileStream file, IdxArray array, string path)
    {
        Span<byte> trailer = stackalloc byte[sizeof(uint)];
        file.Seek(-trailer.Length, SeekOrigin.End);
        file.ReadExactly(trailer);
        RequireFull(BinaryPrimitives.ReadUInt32LittleEndian(trailer) == (uint)(array.HeaderLength + array.Data.Length), path);
    }

    private static int[] ReadHeader(Stream stream, string path)
    {
        Span<byte> start = stackalloc byte[sizeof(int)];
        RequireFull(stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) == start.Length, path);
        if (start[0] != 0 || start[1] != 0)
            throw new DataException($"{path} is not an IDX file: one starts with two zero bytes.");
        if (start[2] != IdxArray.UnsignedByteType)
            throw new DataException($"{path} holds values of the IDX type {start[2]:x2}, and only bytes (08) can be read.");
        if (start[3] is < 1 or > MostDimensions)
            throw new DataException($"{path} has {start[3]} dimensions, and only 1 to {MostDimensions} can be read.");

        Span<byte> sizes = stackalloc byte[sizeof(int) * start[3]];
        RequireFull(stream.ReadAtLeast(sizes, sizes.Length, throwOnEndOfStream: false) == sizes.Length, path);
        var dimensions = new int[start[3]];
        for (var i = 0; i < dimensions.Length; i++)
        {
            var size = BinaryPrimitives.ReadUInt32BigEndian(sizes[(sizeof(int) * i)..]);
            dimensions[i] = size is > 0 and <= int.MaxValue
                ? (int)size
                : throw new DataException($"{path} is corrupt: its header announces a dimension of size {size}.");
        }

        return dimensions;
    }

    private static byte[] ReadData(Stream stream, int size, string path)
    {
        // A raw file was checked against its length. For what comes out of a packed one, memory grows only as the bytes arrive.
        var data = new byte[stream is FileStream ? size : Math.Min(size, FirstChunk)];
        var filled = 0;
        while (true)
        {
            var read = stream.ReadAtLeast(data.AsSpan(filled), data.Length - filled, throwOnEndOfStream: false);
            filled += read;
            RequireFull(filled == data.Length, path);
            if (filled == size)
                return data;
            Array.Resize(ref data, (int)Math.Min(size, 2L * data.Length));
        }
    }

    private static void RequireFull(bool isFull, string path)
    {
        if (!isFull)
            throw new DataException($"{path} is truncated: it ends before all that its header announces, so get it anew.");
    }
}
