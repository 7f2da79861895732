namespace Elbo.Tests;

public class ImageSourcesTests
{
    [Fact]
    public void Interleaved_colours_become_planes_and_come_out_as_they_went_in()
    {
        var shape = new ImageShape(3, 1, 2);
        ReadOnlyMemory<byte>[] pixels = [new byte[] { 1, 2, 3, 4, 5, 6 }];

        var data = ImageDataset.FromImages(shape, pixels, [2], PixelLayout.Interleaved, ["a", "b", "c"]);

        Assert.Equal([1, 4, 2, 5, 3, 6], data.Image(0).ToArray());
        Assert.Equal([1, 2, 3, 4, 5, 6], data.ToValues().ToBytes(0, PixelLayout.Interleaved));
        Assert.Equal([1, 4, 2, 5, 3, 6], data.ToValues().ToBytes(0));
        Assert.Equal("c", data.LabelNames![2]);
        var error = Assert.Throws<InputException>(() => ImageDataset.FromImages(shape, [new byte[5]]));
        Assert.Contains("Image 0 (zero-based) has 5 bytes", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_of_more_than_two_gigabytes_is_mapped_split_and_read()
    {
        const int count = 34_000;
        const int side = 256;
        using var folder = new TemporaryFolder();
        // A sparse file: it takes no room on the disk.
        using (var stream = File.Create(folder["train-images-idx3-ubyte"]))
        {
            stream.Write(IdxArray.EncodeHeader([count, side, side]));
            stream.SetLength(stream.Position + (long)count * side * side);
            stream.Seek(-1, SeekOrigin.End);
            stream.WriteByte(200);
        }

        File.WriteAllBytes(folder["t10k-images-idx3-ubyte"], [.. IdxArray.EncodeHeader([1, side, side]), .. new byte[side * side]]);

        var data = IdxFolder.Load(folder.Path).Train;
        var (kept, held) = ValidationSplit.Split(data, 1_000, 0);

        Assert.True((long)data.Count * data.Shape.Size > int.MaxValue);
        Assert.Equal(200, data.ToBytes(count - 1)[^1]);
        Assert.Equal((33_000, 1_000), (kept.Count, held!.Count));
        var batch = new BatchReader(data, Binarization.None, 0, RandomPurpose.Binarization, TorchSharp.torch.CPU).Gather([count - 1]);
        Assert.Equal(200 / 255f, batch.Values.sum().item<float>(), 1e-6f);
        batch.Values.Dispose();
    }
}
