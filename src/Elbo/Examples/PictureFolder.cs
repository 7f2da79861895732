namespace Elbo;

/// <summary>Reads a folder of pictures, in a layout of <see cref="PictureFolderLayout"/>, as images of one shape.</summary>
internal sealed class PictureFolder
{
    private const double Gigabyte = 1e9;

    private readonly string _folder;
    private readonly PictureFolderLayout _layout;
    private readonly PictureOptions _options;
    private readonly CancellationToken _cancellationToken;

    private PictureFolder(string folder, PictureOptions options, CancellationToken cancellationToken) =>
        (_folder, _options, _cancellationToken, _layout) = (folder, options, cancellationToken, PictureFolderLayout.Read(folder));

    /// <returns>The images in the order of the layout, and what else is known of the folder.</returns>
    /// <exception cref="InputException">
    /// The folder does not exist or has another layout, or a file is corrupt, not opaque, of another size, or too large with the others.
    /// </exception>
    /// <exception cref="SettingsException">An option is not valid.</exception>
    public static ReadPictures Read(string folder, PictureOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new();
        options.Validate();
        if (!Directory.Exists(GivenPath.Full(folder)))
            throw new InputException($"The folder {folder} does not exist: give a folder of pictures.");
        try
        {
            return new PictureFolder(folder, options, cancellationToken).Read();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{folder} cannot be read: {exception.Message}", exception);
        }
    }

    private ReadPictures Read()
    {
        var (size, deep) = ReadHeaders();
        EnsureFits(_options.MinChannels, size);
        int? maximum = deep.Count == 0 ? null : _options.SampleMaximum ?? FindMaximum(deep);
        var (shape, pixels) = ReadPixels(size, maximum ?? ushort.MaxValue);
        var images = new ImageDataset(
            shape, new PixelMemory(pixels), _layout.Labels, labelNames: _layout.LabelNames, fileNames: _layout.Names);
        return new ReadPictures(images, _layout.IsTest, _layout.Splits, _layout.IgnoredFiles, maximum);
    }

    /// <summary>The size of the images, and which files have 16 bits. Nothing is decoded before all headers are known to fit.</summary>
    private (PictureSize Size, IReadOnlyList<string> Deep) ReadHeaders()
    {
        PictureSize? first = null;
        var deep = new List<string>();
        foreach (var path in _layout.Paths)
        {
            _cancellationToken.ThrowIfCancellationRequested();
            var (size, isDeep) = PictureDecoder.ReadHeader(path, _options.Resize is not null);
            if (isDeep)
                deep.Add(path);
            first ??= size;
            if (size != first && _options.Resize is null)
            {
                throw new InputException($"{path} is {size.Width} by {size.Height} pixels large, but the images before it are "
                    + $"{first.Value.Width} by {first.Value.Height}: give one size for all as Resize.");
            }
        }

        return (_options.Resize ?? first!.Value, deep);
    }

    private void EnsureFits(int channels, PictureSize size)
    {
        var bytes = (double)_layout.Paths.Count * channels * size.Width * size.Height;
        if (bytes > Array.MaxLength)
        {
            throw new InputException($"{_folder} holds {_layout.Paths.Count} images of {channels}x{size.Height}x{size.Width}, "
                + $"{bytes / Gigabyte:F1} GB when they are decoded, and one dataset has at most {Array.MaxLength / Gigabyte:F1} GB: make "
                + "them smaller with Resize, or use fewer.");
        }
    }

    private int FindMaximum(IReadOnlyList<string> paths)
    {
        var max = 0;
        foreach (var path in paths)
            max = Math.Max(max, Decode(path).MaxSample);
        return DecodedPicture.RangeOf(max);
    }

    // One picture at a time is held decoded. As long as all are grey, one byte a pixel is kept; the first that has colours widens all.
    private (ImageShape Shape, byte[] Pixels) ReadPixels(PictureSize size, int maximum)
    {
        var (channels, plane, paths) = (_options.MinChannels, size.Width * size.Height, _layout.Paths);
        var pixels = new byte[paths.Count * channels * plane];
        for (var i = 0; i < paths.Count; i++)
        {
            var picture = Decode(paths[i]);
            if (picture.IsDeep && picture.MaxSample > maximum)
            {
                throw new InputException($"{paths[i]} has the sample {picture.MaxSample}, but {maximum} is to be white: give a larger "
                    + "SampleMaximum.");
            }

            if (_options.Resize is { } target)
                picture = picture.ToSize(target, _options.Crop);
            if (picture.Shape.Channels > channels)
            {
                EnsureFits(picture.Shape.Channels, size);
                pixels = Widen(pixels, plane, i, picture.Shape.Channels);
                channels = picture.Shape.Channels;
            }

            picture.CopyTo(pixels.AsSpan(i * channels * plane, channels * plane), maximum, channels);
        }

        return (new ImageShape(channels, size.Height, size.Width), pixels);
    }

    private static byte[] Widen(byte[] grey, int plane, int count, int channels)
    {
        var wide = new byte[grey.Length * channels];
        for (var i = 0; i < count; i++)
        {
            for (var channel = 0; channel < channels; channel++)
                grey.AsSpan(i * plane, plane).CopyTo(wide.AsSpan((i * channels + channel) * plane));
        }

        return wide;
    }

    private DecodedPicture Decode(string path)
    {
        _cancellationToken.ThrowIfCancellationRequested();
        PictureBackground? background = _options.Background is { } text ? PictureBackground.Parse(text) : null;
        return PictureDecoder.Read(path, background, _options.Resize is not null);
    }
}
