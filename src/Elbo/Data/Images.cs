namespace Elbo;

/// <summary>A batch of images of one shape in plain memory: what a model generates, and what is drawn or written to a file.</summary>
public sealed class Images
{
    private readonly float[] _values;

    /// <summary>Takes images laid out as [count, channels, height, width]. The array is kept, not copied: do not change it later.</summary>
    /// <param name="shape">The shape of each image.</param>
    /// <param name="values">The brightness of every pixel, from 0 (dark) to 1 (bright); a whole number of images.</param>
    /// <exception cref="DataException">The values are not a whole number of images of this shape.</exception>
    public Images(ImageShape shape, float[] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        RequireWholeImages(shape, values.Length, "values");
        (Shape, _values) = (shape, values);
    }

    /// <summary>The shape of each image.</summary>
    public ImageShape Shape { get; }

    /// <summary>The number of images.</summary>
    public int Count => _values.Length / Shape.Pixels;

    /// <summary>Every pixel of every image, laid out as [count, channels, height, width].</summary>
    public ReadOnlyMemory<float> Values => _values;

    /// <summary>The pixels of one image, laid out as [channels, height, width].</summary>
    /// <param name="index">Which image, from 0 to <see cref="Count"/> - 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no image with this index.</exception>
    public ReadOnlySpan<float> this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(index);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
            return _values.AsSpan(index * Shape.Pixels, Shape.Pixels);
        }
    }

    /// <summary>Puts batches of the same shape one after the other into a new batch.</summary>
    /// <param name="batches">At least one batch.</param>
    /// <exception cref="DataException">No batch is given, or two differ in shape.</exception>
    public static Images Concatenate(params IReadOnlyList<Images> batches)
    {
        ArgumentNullException.ThrowIfNull(batches);
        if (batches.Count == 0)
        {
            throw new DataException("There is nothing to concatenate: pass at least one batch of images.");
        }

        var shape = batches[0].Shape;
        foreach (var batch in batches)
        {
            if (batch.Shape != shape)
            {
                throw new DataException($"Images of {shape} and of {batch.Shape} cannot be put into one batch: "
                    + "pass images of one shape.");
            }
        }

        var values = new float[batches.Sum(batch => batch._values.Length)];
        var position = 0;
        foreach (var batch in batches)
        {
            batch._values.CopyTo(values, position);
            position += batch._values.Length;
        }

        return new Images(shape, values);
    }

    /// <summary>Turns bytes from 0 (dark) to 255 (bright) into values from 0 to 1.</summary>
    /// <param name="shape">The shape of each image.</param>
    /// <param name="bytes">A whole number of images, laid out as [count, channels, height, width].</param>
    /// <exception cref="DataException">The bytes are not a whole number of images of this shape.</exception>
    public static Images FromBytes(ImageShape shape, ReadOnlySpan<byte> bytes)
    {
        RequireWholeImages(shape, bytes.Length, "bytes");
        var values = new float[bytes.Length];
        for (var i = 0; i < bytes.Length; i++)
        {
            values[i] = bytes[i] / 255f;
        }

        return new Images(shape, values);
    }

    private static void RequireWholeImages(ImageShape shape, int given, string what)
    {
        if (shape.Channels < 1 || shape.Height < 1 || shape.Width < 1)
        {
            throw new DataException($"There are no images of {shape}: channels, height and width have to be 1 or more.");
        }

        if (given % shape.Pixels != 0)
        {
            throw new DataException($"{given} {what} are not a whole number of images of {shape}: "
                + $"pass a multiple of {shape.Pixels}.");
        }
    }
}
