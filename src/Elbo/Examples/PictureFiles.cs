namespace Elbo;

/// <summary>Tells which files are pictures.</summary>
internal static class PictureFiles
{
    /// <summary>The formats, for messages.</summary>
    public const string Formats = "PNG, JPEG, WebP, BMP or GIF";

    private const int SignatureLength = 12;

    private static readonly string[] Endings = [".png", ".jpg", ".jpeg", ".webp", ".bmp", ".gif"];

    /// <summary>Whether a file has the ending or the content of a picture. One with the ending alone is refused when it is read.</summary>
    public static bool IsPicture(string path) =>
        Endings.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase) || HasSignature(path);

    private static bool HasSignature(string path)
    {
        try
        {
            return InputFile.Read(path, stream =>
            {
                Span<byte> start = stackalloc byte[SignatureLength];
                start = start[..stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)];
                return start.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G', 0x0d, 0x0a, 0x1a, 0x0a])
                    || start.StartsWith((ReadOnlySpan<byte>)[0xff, 0xd8, 0xff])
                    || (start.StartsWith("RIFF"u8) && start.EndsWith("WEBP"u8))
                    || start.StartsWith("GIF87a"u8)
                    || start.StartsWith("GIF89a"u8);
            });
        }
        catch (InputException)
        {
            // What cannot be read, such as a device, is no picture.
            return false;
        }
    }
}
