namespace Elbo;

/// <summary>A decoded picture: samples as [channels, height, width], with one channel if all its pixels are grey.</summary>
/// <param name="Shape">Its shape.</param>
/// <param name="Samples">The samples.</param>
/// <param name="IsDeep">Whether the samples have 16 bits; else they have 8.</param>
internal sealed record DecodedPicture(ImageShape Shape, ushort[] Samples, bool IsDeep)
{
    /// <summary>The largest sample of the picture.</summary>
    public int MaxSample => Samples.Max();

    /// <summary>The picture at another size.</summary>
    /// <param name="size">The size.</param>
    /// <param name="crop">Whether the picture is first cut to its aspect, around the centre.</param>
    public DecodedPicture ToSize(PictureSize size, bool crop)
    {
        var (area, plane) = (crop ? CenterOf(size) : (0, 0, Shape.Width, Shape.Height), Shape.Width * Shape.Height);
        var samples = new ushort[Shape.Channels * size.Width * size.Height];
        for (var channel = 0; channel < Shape.Channels; channel++)
        {
            Resampling.Resample(
                Samples.AsSpan(channel * plane, plane),
                Shape.Width,
                area,
                samples.AsSpan(channel * size.Width * size.Height, size.Width * size.Height),
                size);
        }

        return this with { Shape = new ImageShape(Shape.Channels, size.Height, size.Width), Samples = samples };
    }

    /// <summary>Writes the samples as bytes, of which 255 is white.</summary>
    /// <param name="destination">Receives one plane for each channel of the shape, or three equal planes of a grey picture.</param>
    /// <param name="deepMaximum">The 16-bit sample that becomes 255.</param>
    /// <param name="channels">The number of planes.</param>
    public void CopyTo(Span<byte> destination, int deepMaximum, int channels)
    {
        var maximum = IsDeep ? deepMaximum : byte.MaxValue;
        for (var i = 0; i < Samples.Length; i++)
            destination[i] = (byte)((Samples[i] * byte.MaxValue + maximum / 2) / maximum);
        for (var plane = Samples.Length; plane < channels * Shape.Width * Shape.Height; plane += Samples.Length)
            destination[..Samples.Length].CopyTo(destination[plane..]);
    }

    /// <summary>The bytes of the picture by itself.</summary>
    public byte[] ToBytes()
    {
        var bytes = new byte[Samples.Length];
        CopyTo(bytes, RangeOf(MaxSample), Shape.Channels);
        return bytes;
    }

    /// <summary>The smallest 2^k - 1 from 1 on that is at least a sample: 4,095 for the values of 12 bits.</summary>
    public static int RangeOf(int maxSample)
    {
        var range = 1;
        while (range < maxSample)
            range = 2 * range + 1;
        return range;
    }

    private (int X, int Y, int Width, int Height) CenterOf(PictureSize size)
    {
        var (width, height) = (Shape.Width, Shape.Height);
        if ((long)width * size.Height > (long)height * size.Width)
            width = Math.Max(1, (int)Math.Round((double)height * size.Width / size.Height));
        else
            height = Math.Max(1, (int)Math.Round((double)width * size.Height / size.Width));
        return ((Shape.Width - width) / 2, (Shape.Height - height) / 2, width, height);
    }
}
