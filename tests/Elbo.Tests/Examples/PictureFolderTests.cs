using System.Buffers.Binary;
using SkiaSharp;

namespace Elbo.Tests;

public sealed class PictureFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_folder_with_only_JPEG_files_is_imported()
    {
        using var bitmap = new SKBitmap(new SKImageInfo(8, 8, SKColorType.Gray8, SKAlphaType.Opaque));
        for (var i = 1; i <= 3; i++)
        {
            bitmap.GetPixelSpan().Fill((byte)(i * 50));
            Write($"{i}.jpg", bitmap.Encode(SKEncodedImageFormat.Jpeg, 100).ToArray());
        }

        ImageImport.Import(new() { Source = Source, Output = _folder["out"] });

        var dataset = Dataset.FromFolder(_folder["out"]);
        foreach (var set in new[] { dataset.Train, dataset.Test })
            Assert.All(set.FileNames!.Index(), file => Assert.InRange(set.ToBytes(file.Index)[0] - 50 * (file.Item[0] - '0'), -1, 1));
    }

    [Fact]
    public void The_content_decides_what_is_a_picture_and_other_files_are_counted()
    {
        Write("photo", PngBytes.File(1, 1, PngBytes.Grey, [3]));
        Write("one.jpg", PngBytes.File(1, 1, PngBytes.Grey, [4]));
        Write("notes.txt", "hello"u8.ToArray());
        Write("empty", []);

        var read = PictureFolder.Read(Source);

        Assert.Equal(2, read.IgnoredFiles);
        Assert.Equal(["one.jpg", "photo"], read.Images.FileNames!);
        Assert.Equal([4, 3], read.Images.ToBytes());
    }

    [Fact]
    public void Values_of_12_bits_in_16_bit_files_keep_their_range_over_the_whole_folder()
    {
        Write("1.png", Deep(0, 1000));
        Write("2.png", Deep(2048, 4095));
        Write("3.png", PngBytes.File(2, 1, PngBytes.Grey, [7, 255]));

        var result = ImageImport.Import(new() { Source = Source, Output = _folder["out"] });

        var read = PictureFolder.Read(Source);
        Assert.Equal(4095, read.SampleMaximum);
        Assert.Equal([0, 62, 128, 255, 7, 255], read.Images.ToBytes());
        Assert.Equal(["Samples of 16 bits are divided by 4095, which is white."], result.Notes);
        Assert.Contains("\"sampleMaximum\": 4095", File.ReadAllText(_folder["out", "source.json"]), StringComparison.Ordinal);
        Assert.Equal([0, 4, 8, 16, 7, 255], PictureFolder.Read(Source, new() { SampleMaximum = 65535 }).Images.ToBytes());
        Rejected("2.png has the sample 4095, but 4000 is to be white: give a larger SampleMaximum", new() { SampleMaximum = 4000 });
    }

    [Fact]
    public void Pictures_of_several_sizes_are_scaled_or_refused_with_the_option()
    {
        // Two halves, of 0 and 200; the second is twice as large.
        Write("1.png", PngBytes.File(4, 2, PngBytes.Grey, [0, 0, 200, 200, 0, 0, 200, 200]));
        Write("2.png", PngBytes.File(8, 4, PngBytes.Grey, [.. Enumerable.Range(0, 32).Select(i => (byte)(i % 8 < 4 ? 0 : 200))]));
        Write("3.png", PngBytes.File(2, 2, PngBytes.Color, [.. Enumerable.Repeat<byte[]>([10, 20, 30], 4).SelectMany(pixel => pixel)]));

        Rejected("2.png is 8 by 4 pixels large, but the images before it are 4 by 2: give one size for all as Resize.");
        var stretched = ImageDataset.FromPictureFolder(Source, new() { Resize = new(2, 1) });
        var cropped = ImageDataset.FromPictureFolder(Source, new() { Resize = new(2, 2), Crop = true });

        // Dark pixels have the weights 3/4 and 3/4, the bright one of the other half 1/4, so that it counts for a seventh of 200.
        Assert.Equal([29, 171, 29, 171, 29, 171], stretched.ToBytes(0));
        Assert.Equal([10, 10, 20, 20, 30, 30], stretched.ToBytes(2));
        Assert.Equal([0, 200, 0, 200], cropped.ToBytes(0)[..4]);
        Assert.Equal(["1.png", "2.png", "3.png"], cropped.FileNames!);
        Assert.Throws<SettingsException>(() => PictureFolder.Read(Source, new() { Crop = true }));
    }

    [Theory]
    [InlineData("64", 64, 64)]
    [InlineData("64x48", 64, 48)]
    public void A_size_is_a_side_or_width_by_height(string text, int width, int height)
    {
        Assert.Equal(new PictureSize(width, height), PictureSize.Parse(text));
        Assert.Equal(PictureSize.Parse(text), PictureSize.Parse(PictureSize.Parse(text).ToString()));
        foreach (var invalid in new[] { "", "x", "0", "64x", "64x48x3", "-1", "4097", "1.5" })
            Assert.Throws<SettingsException>(() => PictureSize.Parse(invalid));
    }

    [Fact]
    public void Pictures_that_decode_to_more_than_a_dataset_can_hold_are_refused_by_their_headers()
    {
        // 200 files of a few bytes, 4096 by 4096 each by their header; there is nothing to decode.
        var small = PngBytes.File(1, 1, PngBytes.Grey, [1]);
        BinaryPrimitives.WriteInt32BigEndian(small.AsSpan(16), 4096);
        BinaryPrimitives.WriteInt32BigEndian(small.AsSpan(20), 4096);
        BinaryPrimitives.WriteUInt32BigEndian(small.AsSpan(29), PngBytes.Crc32(small.AsSpan(12, 17)));
        for (var i = 0; i < 200; i++)
            Write($"{i}.png", small);
        var before = GC.GetAllocatedBytesForCurrentThread();

        Rejected("200 images of 1x4096x4096, 3.4 GB when they are decoded, and one dataset has at most 2.1 GB");

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 16 << 20);
    }

    [Theory]
    [InlineData("test", "The splits are those of the folders: train for training, test for the test.")]
    [InlineData("val", "The splits are those of the folders: train for training, val for the test.")]
    public void Folders_train_and_test_of_folders_of_labels_are_the_splits(string test, string note)
    {
        (string, byte)[] pictures = [("train/10/1", 1), ("train/2/1", 2), ("train/2/2", 3), (test + "/10/a", 4)];
        foreach (var (name, brightness) in pictures)
            Write(name + ".png", PngBytes.File(1, 1, PngBytes.Grey, [brightness]));

        var result = ImageImport.Import(new() { Source = Source, Output = _folder["out"] });

        var dataset = Dataset.FromFolder(_folder["out"]);
        Assert.Equal([note], result.Notes);
        Assert.Equal(["2", "10"], dataset.LabelNames!);
        Assert.Equal(["train/2/1.png", "train/2/2.png", "train/10/1.png"], dataset.Train.FileNames!);
        Assert.Equal([2, 3, 1], dataset.Train.ToBytes());
        Assert.Equal([0, 0, 1], dataset.Train.Labels.ToArray());
        Assert.Equal([$"{test}/10/a.png"], dataset.Test.FileNames!);
        Assert.Equal([1], dataset.Test.Labels.ToArray());
        Assert.Contains("\"seed\": null", File.ReadAllText(_folder["out", "source.json"]), StringComparison.Ordinal);
        Assert.Throws<SettingsException>(() => ImageImport.Import(new() { Source = Source, Output = _folder["b"], TestFraction = 0.5 }));
    }

    [Fact]
    public void Train_validation_and_test_without_labels_are_two_splits_and_the_note_says_so()
    {
        foreach (var name in new[] { "train/1", "val/1", "test/1" })
            Write(name + ".png", PngBytes.File(1, 1, PngBytes.Grey, [1]));

        var result = ImageImport.Import(new() { Source = Source, Output = _folder["out"] });

        Assert.Equal(["train/1.png", "val/1.png"], result.Dataset.Train.FileNames!);
        Assert.False(result.Dataset.Train.HasLabels);
        Assert.Contains("train and val for training, test for the test", result.Notes[0], StringComparison.Ordinal);
        Write("stray.png", PngBytes.File(1, 1, PngBytes.Grey, [1]));
        Rejected("stray.png lies beside the folders of the splits");
    }

    [Fact]
    public void A_folder_that_holds_pictures_is_never_to_be_removed()
    {
        for (var i = 0; i < 6; i++)
            Write($"animals/cats/{i}.png", PngBytes.File(1, 1, PngBytes.Grey, [1]));
        Write("plants/1.png", PngBytes.File(1, 1, PngBytes.Grey, [1]));

        Rejected("cats is a folder within the folder of a label and holds 6 pictures, which would be left out: move them one level up");

        var message = Assert.Throws<InputException>(() => PictureFolder.Read(Source)).Message;
        Assert.DoesNotContain("remove", message, StringComparison.Ordinal);
    }

    private string Source => _folder["source"];

    private static byte[] Deep(params ushort[] values) => PngBytes.File(
        values.Length, 1, PngBytes.Grey, [.. values.SelectMany(value => new[] { (byte)(value >> 8), (byte)value })], bitDepth: 16);

    private void Rejected(string reason, PictureOptions? options = null) => Assert.Contains(
        reason, Assert.Throws<InputException>(() => PictureFolder.Read(Source, options)).Message, StringComparison.Ordinal);

    private void Write(string name, byte[] bytes)
    {
        var path = Path.Combine([Source, .. name.Split('/')]);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, bytes);
    }
}
