using System.Security.Cryptography;

namespace Elbo;

/// <summary>
/// Images of one shape, one byte a value from 0 (dark) to 255 (bright), in memory or in a mapped file. Each may have a label, and
/// attributes. A model sees them in 0..1.
/// </summary>
public sealed class ImageDataset : ExampleSet
{
    private readonly PixelSource _pixels;
    private readonly ImageShape _image;

    /// <summary>Takes images and labels. Neither is copied: leave the memory as it is afterwards.</summary>
    /// <param name="shape">The shape of each image.</param>
    /// <param name="pixels">At least one image, laid out as [count, channels, height, width].</param>
    /// <param name="labels">The label of each image, from 0, in the same order; empty for no labels.</param>
    /// <param name="attributes">The attributes of each image, in the same order; null for none.</param>
    /// <param name="labelNames">What label 0, 1, ... stand for; null where that is not known.</param>
    /// <exception cref="InputException">
    /// The bytes are not a whole number of images, there is not one label, or not one row of attributes, for each image, a label is
    /// negative, or there is a label without a name.
    /// </exception>
    public ImageDataset(
        ImageShape shape,
        ReadOnlyMemory<byte> pixels,
        ReadOnlyMemory<int> labels = default,
        ExampleSet? attributes = null,
        IReadOnlyList<string>? labelNames = null)
        : this(shape, new PixelMemory(pixels), labels, attributes, labelNames)
    {
    }

    internal ImageDataset(
        ImageShape shape,
        PixelSource pixels,
        ReadOnlyMemory<int> labels = default,
        ExampleSet? attributes = null,
        IReadOnlyList<string>? labelNames = null,
        IReadOnlyList<string>? fileNames = null)
    {
        if (shape.Pixels == 0)
            throw new InputException("A dataset has no image shape: give one with at least one channel, row and column.");
        if (pixels.Length == 0)
            throw new InputException($"A dataset of {shape} images is empty: give at least one image.");
        if (pixels.Length % shape.Pixels != 0)
        {
            throw new InputException($"{pixels.Length} bytes are not a whole number of {shape} images: "
                + $"pass a multiple of {shape.Pixels}.");
        }

        if (pixels.Length / shape.Pixels > Array.MaxLength)
            throw new InputException($"A dataset has more than {Array.MaxLength} images: divide it.");
        (_image, _pixels, Count) = (shape, pixels, (int)(pixels.Length / shape.Pixels));
        LabelCheck.Ensure(labels, Count, labelNames);
        if (attributes is not null && attributes.Count != Count)
        {
            throw new InputException(
                $"There are attributes of {attributes.Count} images for {Count} images: give one row for each, or none.");
        }

        (Labels, Attributes, LabelNames, FileNames) = (labels, attributes, labelNames, fileNames);
    }

    /// <summary>The number of images.</summary>
    public override int Count { get; }

    /// <summary>The shape of each image.</summary>
    public override ValueShape Shape => _image;

    /// <inheritdoc/>
    public override ReadOnlyMemory<int> Labels { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<string>? LabelNames { get; }

    /// <inheritdoc/>
    public override ExampleSet? Attributes { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<string>? FileNames { get; }

    internal override (double Min, double Max)? KnownRange => (0, 1);

    internal override bool HasBytes => true;

    /// <summary>The values of one image, laid out as [channels, height, width].</summary>
    /// <param name="index">Which image, from 0 to <see cref="Count"/> - 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no image with this index.</exception>
    public ReadOnlySpan<byte> Image(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
        return _pixels.Slice((long)index * _image.Pixels, _image.Pixels);
    }

    /// <summary>Makes a dataset of single images.</summary>
    /// <param name="shape">The shape of each image.</param>
    /// <param name="images">The bytes of each image, 0 for dark and 255 for bright.</param>
    /// <param name="labels">The label of each image, from 0; null for no labels.</param>
    /// <param name="layout">How the bytes of an image with several channels are ordered.</param>
    /// <param name="labelNames">What label 0, 1, ... stand for; null where that is not known.</param>
    /// <returns>The dataset, with a copy of the bytes.</returns>
    /// <exception cref="InputException">An image has another number of bytes, or there is not one label for each image.</exception>
    public static ImageDataset FromImages(
        ImageShape shape,
        IEnumerable<ReadOnlyMemory<byte>> images,
        IReadOnlyList<int>? labels = null,
        PixelLayout layout = PixelLayout.Planar,
        IReadOnlyList<string>? labelNames = null)
    {
        ArgumentNullException.ThrowIfNull(images);
        var all = images as IReadOnlyCollection<ReadOnlyMemory<byte>> ?? [.. images];
        if ((long)all.Count * shape.Pixels > Array.MaxLength)
            throw new InputException($"{all.Count} images of {shape} are more than an array can hold: give fewer.");
        var pixels = new byte[all.Count * shape.Pixels];
        foreach (var (index, image) in all.Index())
        {
            if (image.Length != shape.Pixels)
            {
                throw new InputException(
                    $"Image {index} (zero-based) has {image.Length} bytes, but {shape} are {shape.Pixels}: give images of one shape.");
            }

            layout.CopyToPlanes(image.Span, pixels.AsSpan(index * shape.Pixels, shape.Pixels), shape.Channels);
        }

        return new ImageDataset(shape, pixels, labels is null ? default : labels.ToArray(), null, labelNames);
    }

    /// <summary>
    /// Reads a folder of pictures (PNG, JPEG, WebP, BMP, GIF: the content decides), or one with a subfolder of pictures for each label.
    /// Files and subfolders are taken in the natural order of their names, img_2 before img_12; the subfolders become the labels 0, 1, ...
    /// and <see cref="LabelNames"/>, the files <see cref="FileNames"/>. Folders <c>train</c> and <c>test</c> (or <c>val</c>) of either are
    /// read too, as one set: <see cref="ImageImport"/> keeps them apart. Images have one channel if all of them are grey, else three. Other
    /// files, and those whose name begins with a dot, are ignored.
    /// </summary>
    /// <param name="folder">The folder.</param>
    /// <param name="options">How pictures become images of one shape; null for opaque ones of one size.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The images, in memory.</returns>
    /// <exception cref="InputException">
    /// The folder does not exist or has another layout, a file is corrupt, not opaque or of another size, or all are too much for memory.
    /// </exception>
    /// <exception cref="SettingsException">An option is not valid.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static ImageDataset FromPictureFolder(
        string folder, PictureOptions? options = null, CancellationToken cancellationToken = default) =>
        PictureFolder.Read(folder, options, cancellationToken).Images;

    /// <summary><see cref="FromPictureFolder"/> without options.</summary>
    /// <inheritdoc cref="FromPictureFolder" path="/param"/>
    /// <inheritdoc cref="FromPictureFolder" path="/returns"/>
    /// <inheritdoc cref="FromPictureFolder" path="/exception"/>
    public static ImageDataset FromPngFolder(string folder, CancellationToken cancellationToken = default) =>
        FromPictureFolder(folder, null, cancellationToken);

    /// <summary>
    /// Reads images from a NumPy file: <c>[count, height, width]</c>, <c>[count, height, width, 1 or 3]</c> or
    /// <c>[count, 1 or 3, height, width]</c>, of bytes (uint8), or of float32 or float64 from 0 to 1, which are rounded to bytes.
    /// </summary>
    /// <param name="path">
    /// The file. Bytes with the channels first are mapped if they are 256 MiB or more: do not shorten the file then.
    /// </param>
    /// <param name="labels">
    /// A file with the label of each image: integers from 0, in one dimension of a NumPy file or one on each line of a text; null for none.
    /// </param>
    /// <param name="labelNames">What label 0, 1, ... stand for; null where that is not known.</param>
    /// <returns>The images.</returns>
    /// <exception cref="InputException">
    /// A file is missing or corrupt, has another shape or type, or there is not one label for each image.
    /// </exception>
    public static ImageDataset FromNpy(string path, string? labels = null, IReadOnlyList<string>? labelNames = null) =>
        NpyImages.Read(path, labels is null ? default : LabelFile.Read(labels), labelNames: labelNames);

    /// <inheritdoc/>
    public override void Read(ReadOnlySpan<int> rows, Span<float> destination)
    {
        for (var i = 0; i < rows.Length; i++)
        {
            var image = Image(rows[i]);
            var values = destination.Slice(i * _image.Pixels, _image.Pixels);
            for (var p = 0; p < values.Length; p++)
                values[p] = image[p] * (1f / byte.MaxValue);
        }
    }

    internal override void ReadBytes(ReadOnlySpan<int> rows, Span<byte> destination)
    {
        for (var i = 0; i < rows.Length; i++)
            Image(rows[i]).CopyTo(destination[(i * _image.Pixels)..]);
    }

    private protected override void AppendTo(IncrementalHash hash, ReadOnlySpan<int> rows)
    {
        foreach (var row in rows)
            hash.AppendData(Image(row));
    }
}
