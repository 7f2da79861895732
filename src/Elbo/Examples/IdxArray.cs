using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Elbo;

/// <summary>An array of bytes in the IDX format: the sizes of its dimensions, and the values in row-major order.</summary>
internal sealed class IdxArray
{
    public const byte UnsignedByteType = 8;
    private const int ChunkSize = 1 << 20;

    private readonly Lazy<string> _sha256;

    public IdxArray(IReadOnlyList<int> dimensions, ReadOnlyMemory<byte> data)
        : this(dimensions, new PixelMemory(data))
    {
    }

    public IdxArray(IReadOnlyList<int> dimensions, PixelSource data)
    {
        var size = 1L;
        foreach (var dimension in dimensions)
            size = checked(size * dimension);
        if (size != data.Length)
            throw new ArgumentException($"{data.Length} values do not fill {string.Join('x', dimensions)}.", nameof(data));
        (Dimensions, Data) = (dimensions, data);
        _sha256 = new Lazy<string>(ComputeSha256);
    }

    public IReadOnlyList<int> Dimensions { get; }

    public PixelSource Data { get; }

    /// <summary>The number of bytes before the data in a raw file.</summary>
    public int HeaderLength => sizeof(int) * (1 + Dimensions.Count);

    /// <summary>
    /// The SHA-256 of the raw file, header included, in lower-case hexadecimal; it does not depend on the compression of the file.
    /// </summary>
    public string Sha256 => _sha256.Value;

    /// <summary>The values as integers: labels.</summary>
    public int[] ToIntegers()
    {
        var values = new int[Data.Length];
        for (var i = 0; i < values.Length; i++)
            values[i] = Data.Slice(i, 1)[0];
        return values;
    }

    /// <summary>Encodes the header of the file: the first four bytes and the sizes of the dimensions.</summary>
    public byte[] EncodeHeader() => EncodeHeader(Dimensions);

    /// <inheritdoc cref="EncodeHeader()"/>
    public static byte[] EncodeHeader(IReadOnlyList<int> dimensions)
    {
        var header = new byte[sizeof(int) * (1 + dimensions.Count)];
        header[2] = UnsignedByteType;
        header[3] = (byte)dimensions.Count;
        for (var i = 0; i < dimensions.Count; i++)
            BinaryPrimitives.WriteUInt32BigEndian(header.AsSpan(sizeof(int) * (i + 1)), (uint)dimensions[i]);
        return header;
    }

    public override string ToString() => string.Join('x', Dimensions);

    private string ComputeSha256()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(EncodeHeader());
        for (var start = 0L; start < Data.Length; start += ChunkSize)
            hash.AppendData(Data.Slice(start, (int)Math.Min(ChunkSize, Data.Length - start)));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
