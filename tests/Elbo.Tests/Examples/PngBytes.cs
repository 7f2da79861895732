using System.Buffers.Binary;
using System.IO.Compression;

namespace Elbo.Tests;

/// <summary>Creates PNG files according to the specification, independently of the library that reads them.</summary>
internal static class PngBytes
{
    public const byte Grey = 0;
    public const byte Color = 2;
    public const byte Palette = 3;
    public const byte ColorWithAlpha = 6;

    /// <summary>Returns a file with unfiltered rows.</summary>
    /// <param name="width">The number of columns.</param>
    /// <param name="height">The number of rows.</param>
    /// <param name="colorType">One of the constants.</param>
    /// <param name="samples">The bytes of all rows, without filter bytes.</param>
    /// <param name="bitDepth">Bits per sample: 8 or 16.</param>
    /// <param name="palette">Red, green and blue of each palette entry.</param>
    public static byte[] File(int width, int height, byte colorType, byte[] samples, byte bitDepth = 8, byte[]? palette = null) =>
        File(width, height, colorType, [.. samples.Chunk(samples.Length / height)], bitDepth, isInterlaced: false, palette);

    /// <summary>Returns a file with unfiltered rows, of one picture or of the passes of an interlaced one.</summary>
    public static byte[] File(
        int width, int height, byte colorType, byte[][] rows, byte bitDepth, bool isInterlaced, byte[]? palette = null)
    {
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9], header[12]) = (bitDepth, colorType, (byte)(isInterlaced ? 1 : 0));
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            foreach (var row in rows)
                zlib.Write([0, .. row]);
        }

        return
        [
            0x89, .. "PNG\r\n"u8, 0x1a, 0x0a,
            .. Chunk("IHDR"u8, header),
            .. palette is null ? [] : Chunk("PLTE"u8, palette),
            .. Chunk("IDAT"u8, packed.ToArray()),
            .. Chunk("IEND"u8, []),
        ];
    }

    private static byte[] Chunk(ReadOnlySpan<byte> type, byte[] data)
    {
        var chunk = new byte[12 + data.Length];
        BinaryPrimitives.WriteInt32BigEndian(chunk, data.Length);
        type.CopyTo(chunk.AsSpan(4));
        data.CopyTo(chunk, 8);
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(8 + data.Length), Crc32(chunk.AsSpan(4, 4 + data.Length)));
        return chunk;
    }

    /// <summary>The checksum of a chunk's type and data.</summary>
    public static uint Crc32(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc >> 1) ^ ((crc & 1) * 0xedb88320);
        }

        return ~crc;
    }
}
