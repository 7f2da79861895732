using System.Security.Cryptography;
using System.Text;

namespace Elbo;

/// <summary>The bytes of metrics.csv.</summary>
/// <param name="Bytes">The bytes.</param>
internal sealed record MetricsContent(ReadOnlyMemory<byte> Bytes)
{
    /// <summary>The number of bytes.</summary>
    public long Length => Bytes.Length;

    /// <summary>The text up to the last complete line.</summary>
    public string Text => Encoding.UTF8.GetString(Bytes.Span[..(Bytes.Span.LastIndexOf((byte)'\n') + 1)]);

    /// <summary>The hash, in hexadecimal digits.</summary>
    public string Sha256 => Convert.ToHexStringLower(SHA256.HashData(Bytes.Span));

    /// <summary>The first bytes.</summary>
    public MetricsContent First(long length) => new(Bytes[..(int)length]);

    /// <summary>Reads the file; a missing one is empty.</summary>
    /// <exception cref="InputException">It cannot be read, or is larger than such a file can be.</exception>
    public static MetricsContent Read(string path) => Path.Exists(path) || RegularFile.IsLink(path)
        ? RunFile.Read(path, RunDirectory.MaxMetricsLength, stream =>
        {
            // What a training appends meanwhile is not read.
            var bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            return new MetricsContent(bytes);
        })
        : new MetricsContent(ReadOnlyMemory<byte>.Empty);
}
