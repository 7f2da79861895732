using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Elbo;

/// <summary>Images of one shape in memory, one byte a value from 0 (dark) to 255 (bright). Each may have a label, and attributes.</summary>
public sealed class ImageDataset
{
    private readonly Lazy<string> _sha256;
    private readonly Lazy<long[]> _indices;

    /// <summary>Takes images and labels. Neither is copied: leave the memory as it is afterwards.</summary>
    /// <param name="shape">The shape of each image.</param>
    /// <param name="pixels">At least one image, laid out as [count, channels, height, width].</param>
    /// <param name="labels">The label of each image, from 0 to 255, in the same order; empty for no labels.</param>
    /// <param name="attributes">The attributes of each image, in the same order; null for none.</param>
    /// <exception cref="InputException">
    /// The bytes are not a whole number of images, or there is not one label, or not one row of attributes, for each image.
    /// </exception>
    public ImageDataset(
        ImageShape shape, ReadOnlyMemory<byte> pixels, ReadOnlyMemory<byte> labels = default, ExampleAttributes? attributes = null)
    {
        if (shape.Pixels == 0)
            throw new InputException("A dataset has no image shape: give one with at least one channel, row and column.");
        if (pixels.IsEmpty)
            throw new InputException($"A dataset of {shape} images is empty: give at least one image.");
        if (pixels.Length % shape.Pixels != 0)
        {
            throw new InputException($"{pixels.Length} bytes are not a whole number of {shape} images: "
                + $"pass a multiple of {shape.Pixels}.");
        }

        var count = pixels.Length / shape.Pixels;
        if (!labels.IsEmpty && labels.Length != count)
            throw new InputException($"There are {labels.Length} labels for {count} images: give one for each, or none.");
        if (attributes is not null && attributes.Count != count)
            throw new InputException(
                $"There are attributes of {attributes.Count} images for {count} images: give one row for each, or none.");

        (Shape, Count, Pixels, Labels, Attributes) = (shape, count, pixels, labels, attributes);
        LabelCount = MaxLabel(labels.Span) + 1;
        _sha256 = new Lazy<string>(ComputeSha256);
        _indices = new Lazy<long[]>(() => [.. Enumerable.Range(0, count).Select(index => (long)index)]);
    }

    private ImageDataset(
        ImageShape shape, ReadOnlyMemory<byte> pixels, ReadOnlyMemory<byte> labels, ExampleAttributes? attributes, Lazy<long[]> indices)
        : this(shape, pixels, labels, attributes) => _indices = indices;

    /// <summary>The shape of each image.</summary>
    public ImageShape Shape { get; }

    /// <summary>The number of images.</summary>
    public int Count { get; }

    /// <summary>Every value of every image, laid out as [count, channels, height, width].</summary>
    public ReadOnlyMemory<byte> Pixels { get; }

    /// <summary>The label of each image; empty where there are none.</summary>
    public ReadOnlyMemory<byte> Labels { get; }

    /// <summary>The attributes of each image; null where there are none.</summary>
    public ExampleAttributes? Attributes { get; }

    /// <summary>
    /// The index of each image in the data as given: its position, or in a subset that of the image it was copied from. All noise of an
    /// example derives from it, so that an example gets the same noise in whatever subset and order.
    /// </summary>
    public ReadOnlyMemory<long> Indices => _indices.Value;

    /// <summary>Whether the images have labels.</summary>
    public bool HasLabels => !Labels.IsEmpty;

    /// <summary>The maximum label plus one: labels run from 0 below this. Zero where there are no labels.</summary>
    public int LabelCount { get; }

    /// <summary>
    /// The SHA-256 of the content, in lower-case hexadecimal: over <see cref="Pixels"/>, followed by <see cref="Labels"/> and by
    /// the little-endian bits of <see cref="Attributes"/>. It is computed when it is first asked for.
    /// </summary>
    public string Sha256 => _sha256.Value;

    /// <summary>The values of one image, laid out as [channels, height, width].</summary>
    /// <param name="index">Which image, from 0 to <see cref="Count"/> - 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no image with this index.</exception>
    public ReadOnlySpan<byte> Image(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
        return Pixels.Span.Slice(index * Shape.Pixels, Shape.Pixels);
    }

    /// <summary>A copy of some images with their labels and attributes.</summary>
    /// <param name="indices">Which images, in the order wanted; one may be given more than once.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no image with one of the indices.</exception>
    /// <exception cref="InputException">No index is given, or the copy would be larger than memory can address.</exception>
    public ImageDataset Subset(ReadOnlySpan<int> indices)
    {
        if ((long)indices.Length * Shape.Pixels > Array.MaxLength)
            throw new InputException($"{indices.Length} images of {Shape} are more than memory can address: choose fewer.");
        var pixels = new byte[indices.Length * Shape.Pixels];
        var labels = new byte[HasLabels ? indices.Length : 0];
        for (var i = 0; i < indices.Length; i++)
        {
            Image(indices[i]).CopyTo(pixels.AsSpan(i * Shape.Pixels));
            if (HasLabels)
                labels[i] = Labels.Span[indices[i]];
        }

        var chosen = new long[indices.Length];
        for (var i = 0; i < chosen.Length; i++)
            chosen[i] = Indices.Span[indices[i]];
        return new ImageDataset(Shape, pixels, labels, Attributes?.Subset(indices), new Lazy<long[]>(chosen));
    }

    /// <summary>The same images and labels with other attributes.</summary>
    internal ImageDataset With(ExampleAttributes? attributes) => new(Shape, Pixels, Labels, attributes, _indices);

    private static int MaxLabel(ReadOnlySpan<byte> labels)
    {
        var max = -1;
        foreach (var label in labels)
            max = Math.Max(max, label);
        return max;
    }

    private string ComputeSha256()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Pixels.Span);
        hash.AppendData(Labels.Span);
        Span<byte> bits = stackalloc byte[sizeof(float)];
        foreach (var value in Attributes is null ? [] : Attributes.Values.Span)
        {
            BinaryPrimitives.WriteSingleLittleEndian(bits, value);
            hash.AppendData(bits);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
