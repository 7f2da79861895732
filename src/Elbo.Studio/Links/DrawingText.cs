namespace Elbo.Studio;

/// <summary>A drawing as part of a URL: sixteen levels of grey, two pixels per byte, as URL-safe base64.</summary>
internal static class DrawingText
{
    private const int Levels = 16;
    private const int Step = byte.MaxValue / (Levels - 1);

    /// <summary>Reduces a drawing to the grey levels that the text can represent, so that opening the link gives the same pixels.</summary>
    public static byte[] Quantize(IReadOnlyList<int> pixels) =>
        [.. pixels.Select(pixel => (byte)((Math.Clamp(pixel, 0, byte.MaxValue) + Step / 2) / Step * Step))];

    public static string Write(ReadOnlySpan<byte> pixels)
    {
        var packed = new byte[pixels.Length / 2];
        for (var i = 0; i < packed.Length; i++)
            packed[i] = (byte)(pixels[2 * i] / Step * Levels + pixels[2 * i + 1] / Step);
        return Convert.ToBase64String(packed).TrimEnd('=').Replace('+', '-').Replace('/', '_');
    }

    /// <summary>Decodes a drawing, or returns null if the text does not have that number of pixels.</summary>
    public static byte[]? Read(string? text, int pixels)
    {
        if (string.IsNullOrEmpty(text) || text.Length > pixels)
            return null;
        var packed = new byte[pixels / 2];
        var padded = text.Replace('-', '+').Replace('_', '/').PadRight((text.Length + 3) / 4 * 4, '=');
        if (!Convert.TryFromBase64String(padded, packed, out var written) || written != packed.Length)
            return null;
        return [.. packed.SelectMany(two => (byte[])[(byte)(two / Levels * Step), (byte)(two % Levels * Step)])];
    }
}
