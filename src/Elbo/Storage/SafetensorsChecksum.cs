using System.Security.Cryptography;
using System.Text;

namespace Elbo;

/// <summary>
/// Two entries in the metadata of a safetensors file by which damage is noticed: the SHA-256 of the data of all tensors, and that of the
/// header with zeros in place of this second one. Other readers see two strings more. A file without them is accepted: earlier versions and
/// other programs write none.
/// </summary>
internal static class SafetensorsChecksum
{
    /// <summary>The entry with the hash of the data.</summary>
    public const string DataKey = "tensors_sha256";

    /// <summary>The entry with the hash of the header.</summary>
    public const string HeaderKey = "header_sha256";

    private const int Digits = 64;

    // Within a string of JSON a quotation mark is escaped, so these bytes are found where the entry is and nowhere else.
    private static ReadOnlySpan<byte> Start => "\"header_sha256\":\""u8;

    /// <summary>Adds the entries to metadata, the hash of the header as zeros until <see cref="Seal"/>.</summary>
    /// <param name="metadata">The other metadata.</param>
    /// <param name="ordered">The tensors, in the order of their data in the file.</param>
    public static Dictionary<string, string> AddTo(
        IReadOnlyDictionary<string, string>? metadata, IEnumerable<SafetensorsEntry> ordered)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var entry in ordered)
            hash.AppendData(entry.Data.Span);
        return new(metadata ?? new Dictionary<string, string>(), StringComparer.Ordinal)
        {
            [DataKey] = Convert.ToHexStringLower(hash.GetHashAndReset()),
            [HeaderKey] = new string('0', Digits),
        };
    }

    /// <summary>Puts the hash of a header into it.</summary>
    public static void Seal(Span<byte> header)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(header));
        Encoding.ASCII.GetBytes(hash, header.Slice(header.IndexOf(Start) + Start.Length, Digits));
    }

    /// <summary>Whether a header is as it was written; true for one without a hash.</summary>
    public static bool IsIntact(ReadOnlySpan<byte> header)
    {
        var position = header.IndexOf(Start);
        if (position < 0)
            return true;
        position += Start.Length;
        if (header.Length < position + Digits)
            return false;
        var copy = header.ToArray();
        var stored = Encoding.ASCII.GetString(header.Slice(position, Digits));
        copy.AsSpan(position, Digits).Fill((byte)'0');
        return stored == Convert.ToHexStringLower(SHA256.HashData(copy));
    }
}
