namespace Elbo;

/// <summary>
/// Reads images from a NumPy file: [count, height, width], [count, height, width, 1 or 3] or [count, 1 or 3, height, width], of bytes or of
/// floating-point values from 0 to 1.
/// </summary>
internal static class NpyImages
{
    /// <param name="path">The file.</param>
    /// <param name="labels">The label of each image; empty for none.</param>
    /// <param name="mappedFrom">The size in bytes from which a file of bytes is mapped instead of read.</param>
    /// <param name="labelNames">What the labels stand for; null where that is not known.</param>
    /// <exception cref="InputException">The file is corrupt, or has another shape or type.</exception>
    public static ImageDataset Read(
        string path,
        ReadOnlyMemory<int> labels = default,
        long mappedFrom = IdxFile.MappedFrom,
        IReadOnlyList<string>? labelNames = null)
    {
        var layout = NpyFile.ReadLayout(path);
        var (shape, channelsLast) = ShapeOf(layout, path);
        if (layout is { Type: NpyType.UInt8 } && !channelsLast && layout.Length >= mappedFrom)
            return new ImageDataset(shape, new MappedPixels(GivenPath.Full(path), layout.Start, layout.Length), labels, null, labelNames);
        var array = NpyFile.Read(path);
        var pixels = array.Type == NpyType.UInt8 ? array.Data.ToArray() : FromUnitInterval(array, shape.Pixels, path);
        return new ImageDataset(shape, channelsLast ? MoveChannelsFirst(pixels, shape) : pixels, labels, null, labelNames);
    }

    private static (ImageShape Shape, bool ChannelsLast) ShapeOf(NpyLayout array, string path)
    {
        if (array.Length == 0)
            throw new InputException($"{path} is an empty array: provide at least one image.");
        switch (array.Shape)
        {
            case [_, var height, var width]:
                return (new ImageShape(1, height, width), false);
            case [_, 1 or 3, _, 1 or 3]:
                throw new InputException(
                    $"{path} has the shape [{string.Join(", ", array.Shape)}], in which the channels may be first or last: "
                    + "reshape it to [count, height, width], or use larger images.");
            case [_, (1 or 3) and var channels, var height, var width]:
                return (new ImageShape(channels, height, width), false);
            case [_, var height, var width, (1 or 3) and var channels]:
                return (new ImageShape(channels, height, width), true);
            default:
                throw new InputException(
                    $"{path} has the shape [{string.Join(", ", array.Shape)}], but images must be [count, height, width], "
                    + "[count, height, width, channels] or [count, channels, height, width] with one or three channels.");
        }
    }

    private static byte[] FromUnitInterval(NpyArray array, int imageSize, string path)
    {
        if (!array.IsFloating)
            throw new InputException(
                $"{path} holds values of the type {array.Type}: save bytes (uint8), or floating-point values from 0 to 1.");
        var pixels = new byte[array.Count];
        var position = 0;
        foreach (var value in array.FloatingValues())
        {
            // The negation also rejects NaN.
            if (!(value is >= 0 and <= 1))
            {
                throw new InputException(
                    $"{path} holds the value {value} at position {position}, in image {position / imageSize} (zero-based), but "
                    + (double.IsNaN(value) ? "images are numbers from 0 to 1: replace it, or omit the image."
                        : "floating-point values must be from 0 to 1: divide by the largest possible value, or save bytes (uint8)."));
            }

            pixels[position++] = (byte)Math.Round(value * byte.MaxValue, MidpointRounding.AwayFromZero);
        }

        return pixels;
    }

    private static byte[] MoveChannelsFirst(byte[] pixels, ImageShape shape)
    {
        var plane = shape.Height * shape.Width;
        var moved = new byte[pixels.Length];
        for (var image = 0; image < pixels.Length; image += shape.Pixels)
        {
            for (var channel = 0; channel < shape.Channels; channel++)
            {
                for (var i = 0; i < plane; i++)
                    moved[image + (channel * plane) + i] = pixels[image + (i * shape.Channels) + channel];
            }
        }

        return moved;
    }
}
