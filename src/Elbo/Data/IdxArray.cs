using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Elbo;

/// <summary>An array of bytes in the IDX format: the sizes of its dimensions, and the values in row-major order.</summary>
internal sealed class IdxArray
{
    public const byte UnsignedByteType = 8;

    private readonly Lazy<string> _sha256;

    public IdxArray(IReadOnlyList<int> dimensions, ReadOnlyMemory<byte> data)
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

    public ReadOnlyMemory<byte> Data { get; }

    /// <summary>The number of bytes before the data in a raw file.</summary>
    public int HeaderLength => sizeof(int) * (1 + Dimensions.Count);

    /// <summary>
    /// The SHA-256 of the raw file, header included, in lower-case hexadecimal; it does not depend on the compression of the file.
    /// </summary>
    public string Sha256 => _sha256.Value;

    /// <summary>Encodes the header of the file: the first four bytes and the sizes of the dimensions.</summary>
    public byte[] EncodeHeader()
    {
        var header = new byte[HeaderLength];
        header[2] = UnsignedByteType;
        header[3] = (byte)Dimensions.Count;
        for (var i = 0; i < Dimensions.Count; i++)
            BinaryPrimitives.WriteUInt32BigEndian(header.AsSpan(sizeof(int) * (i + 1)), (uint)Dimensions[i]);
        return header;
    }

    public override string ToString() => string.Join('x', Dimensions);

    private string ComputeSha256()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(EncodeHeader());
        hash.AppendData(Data.Span);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
