using System.Security.Cryptography;

namespace Elbo.Story;

/// <summary>A file that a page of the studio loads.</summary>
/// <param name="Bytes">Its content, compressed if it says so.</param>
/// <param name="Type">Its media type.</param>
/// <param name="IsZipped">Whether the content is compressed by gzip.</param>
internal sealed record ServedFile(byte[] Bytes, string Type, bool IsZipped)
{
    /// <summary>What is another text for another content.</summary>
    public string Tag { get; } = Convert.ToHexStringLower(SHA256.HashData(Bytes))[..16];

    /// <summary>A file that is sent compressed.</summary>
    public static ServedFile Zipped(byte[] content, string type) => new(Gzip.Compress(content), type, IsZipped: true);
}
