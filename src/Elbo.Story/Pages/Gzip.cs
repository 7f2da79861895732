using ICSharpCode.SharpZipLib.Checksum;
using ICSharpCode.SharpZipLib.Zip.Compression;
using ICSharpCode.SharpZipLib.Zip.Compression.Streams;

namespace Elbo.Story;

/// <summary>
/// The gzip format (RFC 1952) with the same bytes on every machine: the runtime's zlib chooses its matches by what the processor has, and
/// SharpZipLib's own gzip stream writes the time.
/// </summary>
internal static class Gzip
{
    private const byte UnknownSystem = 255;

    /// <summary>Compresses bytes, as much as possible.</summary>
    public static byte[] Compress(byte[] bytes)
    {
        using var stream = new MemoryStream();
        // Magic number, deflate, no flags, no time, most compression, no operating system.
        stream.Write([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 2, UnknownSystem]);
        var deflater = new Deflater(Deflater.BEST_COMPRESSION, noZlibHeaderOrFooter: true);
        using (var deflate = new DeflaterOutputStream(stream, deflater) { IsStreamOwner = false })
            deflate.Write(bytes);
        var checksum = new Crc32();
        checksum.Update(bytes);
        stream.Write(BitConverter.GetBytes((uint)checksum.Value));
        stream.Write(BitConverter.GetBytes((uint)bytes.Length));
        return stream.ToArray();
    }
}
