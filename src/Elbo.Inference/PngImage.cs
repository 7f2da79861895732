using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;

namespace Elbo.Inference;

/// <summary>Writes pictures as PNG (ISO/IEC 15948), with nothing but .NET: a native program stays small.</summary>
public static class PngImage
{
    private const int Grey = 1;
    private const int Colour = 3;
    private const int BitDepth = 8;
    private const int GreyType = 0;
    private const int ColourType = 2;

    private static ReadOnlySpan<byte> Signature => [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>A picture as PNG.</summary>
    /// <param name="values">The numbers from 0 for dark to 1 for bright, channel by channel and row by row; others are clamped.</param>
    /// <param name="channels">1 for grey or 3 for colour.</param>
    /// <param name="height">The height.</param>
    /// <param name="width">The width.</param>
    /// <returns>The bytes of the file.</returns>
    /// <exception cref="ArgumentException">The numbers are not as many as the picture has, or there are other channels.</exception>
    public static byte[] Encode(ReadOnlySpan<float> values, int channels, int height, int width)
    {
        if (channels is not (Grey or Colour))
            throw new ArgumentOutOfRangeException(nameof(channels), channels, "A PNG has 1 or 3 channels here.");
        if (height <= 0 || width <= 0 || values.Length != (long)channels * height * width)
            throw new ArgumentException($"{values.Length} numbers are no picture of {channels} x {height} x {width}.", nameof(values));
        using var file = new MemoryStream();
        file.Write(Signature);
        Span<byte> header = stackalloc byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header[4..], height);
        (header[8], header[9]) = (BitDepth, channels == Grey ? (byte)GreyType : (byte)ColourType);
        WriteChunk(file, "IHDR"u8, header);
        WriteChunk(file, "IDAT"u8, Compress(values, channels, height, width));
        WriteChunk(file, "IEND"u8, []);
        return file.ToArray();
    }

    private static byte[] Compress(ReadOnlySpan<float> values, int channels, int height, int width)
    {
        using var compressed = new MemoryStream();
        using (var zlib = new ZLibStream(compressed, CompressionLevel.Optimal, leaveOpen: true))
        {
            // Each line begins with the number of its filter: none.
            var line = new byte[1 + width * channels];
            for (var y = 0; y < height; y++)
            {
                for (var i = 0; i < width * channels; i++)
                {
                    var value = values[((i % channels * height) + y) * width + i / channels];
                    line[1 + i] = (byte)Math.Round(Math.Clamp(float.IsNaN(value) ? 0 : value, 0, 1) * byte.MaxValue);
                }

                zlib.Write(line);
            }
        }

        return compressed.ToArray();
    }

    private static void WriteChunk(MemoryStream file, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        Span<byte> number = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        file.Write(number);
        file.Write(type);
        file.Write(data);
        var checksum = new Crc32();
        checksum.Append(type);
        checksum.Append(data);
        BinaryPrimitives.WriteUInt32BigEndian(number, checksum.GetCurrentHashAsUInt32());
        file.Write(number);
    }
}
