namespace Elbo.Tests;

public sealed class ImageFilesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Each_image_decoded_again_has_the_same_bytes(int channels)
    {
        var shape = new ImageShape(channels, 5, 7);
        var bytes = new byte[3 * shape.Pixels];
        new Random(1).NextBytes(bytes);
        var images = ExampleValues.FromBytes(shape, bytes);

        var paths = images.SavePngs(_folder["new", "pictures"], "a-");

        Assert.Equal(["a-0000.png", "a-0001.png", "a-0002.png"], paths.Select(path => Path.GetFileName(path)));
        for (var i = 0; i < images.Count; i++)
        {
            var decoded = PictureDecoder.Read(paths[i]);
            Assert.Equal(shape, decoded.Shape);
            Assert.Equal(bytes[(i * shape.Pixels)..((i + 1) * shape.Pixels)], decoded.ToBytes());
            using var stream = new MemoryStream();
            images.WritePng(stream, i);
            images.SavePng(_folder["one.png"], i);
            Assert.Equal(File.ReadAllBytes(paths[i]), stream.ToArray());
            Assert.Equal(stream.ToArray(), File.ReadAllBytes(_folder["one.png"]));
        }

        Assert.Equal(bytes, ImageDataset.FromPngFolder(_folder["new", "pictures"]).ToBytes());
    }

    [Fact]
    public void Existing_files_stay_and_then_nothing_is_written()
    {
        var images = ExampleValues.FromBytes(new ImageShape(1, 1, 1), [1, 2]);
        _folder.Write("0001.png", 7);

        Assert.Contains(
            "0001.png", Assert.Throws<SettingsException>(() => images.SavePngs(_folder.Path)).Message, StringComparison.Ordinal);
        Assert.Equal([7], File.ReadAllBytes(_folder["0001.png"]));
        Assert.Single(Directory.GetFiles(_folder.Path));
        Assert.Throws<SettingsException>(() => images.SavePngs(_folder.Path, "a/b"));
    }

    [Fact]
    public void What_is_no_image_is_rejected_before_anything_is_written()
    {
        Assert.Throws<SettingsException>(() => new ExampleValues(ValueShape.Vector(2), [1, 2]).SavePng(_folder["a.png"]));
        Assert.Throws<InputException>(() => new ExampleValues(new ImageShape(2, 1, 1), [1, 2]).SavePngs(_folder.Path));
        Assert.Throws<InputException>(() => new ExampleValues(new ImageShape(1, 1, 1), [1, float.NaN]).SavePngs(_folder.Path));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ExampleValues(new ImageShape(1, 1, 1), [1]).ToPng(1));
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void Values_saved_to_a_numpy_file_are_read_again_with_all_their_digits()
    {
        new ExampleValues(new ImageShape(1, 1, 2), [0.25f, 2]).SaveNpy(_folder["a.npy"]);
        ExampleValues.FromDoubles(ValueShape.Vector(2), [1e300, 0.1]).SaveNpy(_folder["b.npy"]);

        var narrow = NpyFile.Read(_folder["a.npy"]);
        Assert.Equal([1, 1, 1, 2], narrow.Shape);
        Assert.Equal([0.25f, 2], narrow.ToFloats());
        var wide = new double[2];
        RowDataset.FromNpy(_folder["b.npy"]).Read([0], wide);
        Assert.Equal([1e300, 0.1], wide);
    }
}
