using System.Buffers.Binary;
using System.IO.Compression;

namespace Elbo;

/// <summary>
/// Reads the samples of a PNG file of 16 bits, which the general decoder reduces to 8 or fewer. It is given files that the general decoder
/// has read, and checked, before.
/// </summary>
internal static class SixteenBitPng
{
    private const int SignatureLength = 8;
    private const int ChunkOverhead = 12;
    private const int BitDepthPosition = 24;
    private const int ColorTypePosition = 25;
    private const int InterlacePosition = 28;
    private const int HeaderEnd = 33;

    // Of each pass of an interlaced picture: the first column and row, and the steps between those after it.
    private static readonly (int X, int Y, int StepX, int StepY)[] Adam7 =
        [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)];

    /// <summary>Whether a file is a PNG file with 16 bits for each sample.</summary>
    public static bool Is(ReadOnlySpan<byte> file) =>
        file.Length >= HeaderEnd && file[1..4].SequenceEqual("PNG"u8) && file[BitDepthPosition] == 16;

    /// <summary>Whether such a file is grey by its kind.</summary>
    public static bool IsGrey(ReadOnlySpan<byte> file) => file[ColorTypePosition] is 0 or 4;

    /// <summary>The samples, red, green, blue and alpha of each pixel.</summary>
    /// <exception cref="InvalidDataException">The file is corrupt.</exception>
    /// <exception cref="EndOfStreamException">The file is truncated.</exception>
    public static ushort[] Read(ReadOnlySpan<byte> file, int width, int height)
    {
        var (data, transparent) = ReadChunks(file);
        var channels = file[ColorTypePosition] switch
        {
            0 => 1,
            2 => 3,
            4 => 2,
            6 => 4,
            var other => throw new InvalidDataException($"PNG files of the colour type {other} have no 16 bits."),
        };
        var pixels = new ushort[checked(4 * width * height)];
        using var packed = new MemoryStream(data, writable: false);
        using var stream = new ZLibStream(packed, CompressionMode.Decompress);
        foreach (var (x, y, stepX, stepY) in file[InterlacePosition] == 0 ? [(0, 0, 1, 1)] : Adam7)
        {
            var (columns, rows) = ((width - x + stepX - 1) / stepX, (height - y + stepY - 1) / stepY);
            if (columns <= 0 || rows <= 0)
                continue;
            var previous = new byte[columns * channels * sizeof(ushort)];
            var line = new byte[previous.Length + 1];
            for (var row = 0; row < rows; row++)
            {
                stream.ReadExactly(line);
                Unfilter(line[0], line.AsSpan(1), previous, channels * sizeof(ushort));
                line.AsSpan(1).CopyTo(previous);
                for (var column = 0; column < columns; column++)
                {
                    var source = previous.AsSpan(column * channels * sizeof(ushort), channels * sizeof(ushort));
                    var target = pixels.AsSpan(4 * ((y + row * stepY) * width + x + column * stepX), 4);
                    for (var channel = 0; channel < 3; channel++)
                        target[channel] = Sample(source, channels < 3 ? 0 : channel);
                    target[3] = channels is 2 or 4 ? Sample(source, channels - 1)
                        : source.SequenceEqual(transparent) ? (ushort)0 : ushort.MaxValue;
                }
            }
        }

        return pixels;
    }

    private static ushort Sample(ReadOnlySpan<byte> pixel, int channel) =>
        BinaryPrimitives.ReadUInt16BigEndian(pixel[(channel * sizeof(ushort))..]);

    /// <summary>The compressed data, and the samples of a colour that is transparent.</summary>
    private static (byte[] Data, byte[] Transparent) ReadChunks(ReadOnlySpan<byte> file)
    {
        using var data = new MemoryStream();
        byte[] transparent = [];
        for (var position = SignatureLength; position + ChunkOverhead <= file.Length;)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(file[position..]);
            if (length > file.Length - position - ChunkOverhead)
                throw new InvalidDataException("A chunk is longer than the file.");
            var type = file.Slice(position + 4, 4);
            var content = file.Slice(position + 8, (int)length);
            if (type.SequenceEqual("IDAT"u8))
                data.Write(content);
            else if (type.SequenceEqual("tRNS"u8))
                transparent = content.ToArray();
            position += ChunkOverhead + (int)length;
        }

        return (data.ToArray(), transparent);
    }

    private static void Unfilter(byte filter, Span<byte> line, ReadOnlySpan<byte> previous, int pixel)
    {
        for (var i = 0; i < line.Length; i++)
        {
            var (left, up, corner) = (i < pixel ? 0 : line[i - pixel], previous[i], i < pixel ? 0 : previous[i - pixel]);
            line[i] += (byte)(filter switch
            {
                0 => 0,
                1 => left,
                2 => up,
                3 => (left + up) / 2,
                4 => Paeth(left, up, corner),
                _ => throw new InvalidDataException($"There is no filter {filter}."),
            });
        }
    }

    private static int Paeth(int left, int up, int corner)
    {
        var (a, b, c) = (Math.Abs(up - corner), Math.Abs(left - corner), Math.Abs(left + up - 2 * corner));
        return a <= b && a <= c ? left : b <= c ? up : corner;
    }
}
