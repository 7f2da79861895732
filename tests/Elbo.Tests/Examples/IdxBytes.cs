using System.Buffers.Binary;
using System.IO.Compression;

namespace Elbo.Tests;

/// <summary>Creates IDX files byte by byte, and small folders of them.</summary>
internal static class IdxBytes
{
    /// <summary>Returns a raw file: two zeros, the type, the number of dimensions, their sizes and the data.</summary>
    public static byte[] File(uint[] dimensions, byte[] data, byte type = 8)
    {
        var sizes = new byte[4 * dimensions.Length];
        for (var i = 0; i < dimensions.Length; i++)
            BinaryPrimitives.WriteUInt32BigEndian(sizes.AsSpan(4 * i), dimensions[i]);
        return [0, 0, type, (byte)dimensions.Length, .. sizes, .. data];
    }

    public static byte[] Gzip(byte[] raw)
    {
        using var compressed = new MemoryStream();
        using (var stream = new GZipStream(compressed, CompressionMode.Compress))
            stream.Write(raw);
        return compressed.ToArray();
    }

    /// <summary>Writes a folder with 3 training and 2 test images of 2 rows and 2 columns, with labels.</summary>
    public static void WriteFolder(TemporaryFolder folder)
    {
        folder.Write("train-images-idx3-ubyte", File([3, 2, 2], [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]));
        folder.Write("train-labels-idx1-ubyte", File([3], [0, 4, 2]));
        folder.Write("t10k-images-idx3-ubyte", File([2, 2, 2], [21, 22, 23, 24, 25, 26, 27, 28]));
        folder.Write("t10k-labels-idx1-ubyte", File([2], [1, 0]));
    }
}
