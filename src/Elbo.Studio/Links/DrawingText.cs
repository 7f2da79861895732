namespace Elbo.Studio;

/// <summary>A drawing as part of an address: sixteen levels of grey, two pixels in a byte, base64 in the form that addresses may hold.</summary>
internal static class DrawingText
{
    private const int Levels = 16;
    private const int Step = byte.MaxValue / (Levels - 1);

    /// <summary>The drawing with the levels that its text can hold, so that whoever opens the link has the same pixels.</summary>
    public static byte[] Quantize(IReadOnlyList<int> pixels) =>
        [.. pixels.Select(pixel => (byte)((Math.Clamp(pixel, 0, byte.MaxValue) + Step / 2) / Step * Step))];

    public static string Write(ReadOnlySpan<byte> pixels)
    {
        var packed = new byte[pixels.Length / 2];
        for (var i = 0; i < packed.Length; i++)
            packed[i] = (byte)(pixels[2 * i] / Step * Levels + pixels[2 * i + 1] / Step);
        return Convert.ToBase64String(packed).TrimEnd('=').Replace('+', '-').Replace('/', '_');
    }

    /// <summary>The drawing of a text, or null where it is not that of so many pixels.</summary>
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
