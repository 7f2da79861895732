using System.IO.Compression;

namespace Elbo.Story.Tests;

public class PackTests
{
    // The library's reader checks every offset, shape and name.
    [Fact]
    public void Packs_are_safetensors_files_with_the_same_bytes_each_time()
    {
        using var folder = new TemporaryFolder();
        var again = StoryPacks.Of(StoryModels.Bundled(), StoryDigits.Of(BundledStory.Test));
        Assert.Equal(BundledStory.Packs.Select(pack => pack.Name), again.Select(pack => pack.Name));
        foreach (var (pack, other) in BundledStory.Packs.Zip(again))
        {
            var bytes = pack.ToBytes();
            Assert.Equal(bytes, other.ToBytes());
            var path = Path.Combine(folder.Path, pack.Name);
            File.WriteAllBytes(path, bytes);
            var read = SafetensorsFile.Read(path);
            Assert.Equal(pack.Metadata, read.Metadata);
            Assert.Equal(pack.Tensors.Select(tensor => tensor.Name).Order(), read.Entries.Select(entry => entry.Name).Order());
            Assert.All(pack.Tensors, tensor =>
            {
                Assert.Equal(tensor.Data.ToArray(), read[tensor.Name].Data.ToArray());
                Assert.Equal(tensor.Type.ToString(), read[tensor.Name].Type.ToString());
            });
        }
    }

    [Fact]
    public void Weights_are_integers_times_the_scale_of_their_row()
    {
        var layer = QuantizedLayer.Of([1f, -0.5f, 0.1f, 0, 0, 0], [3, 4]);
        Assert.Equal<sbyte>([127, -64, 13, 0, 0, 0], layer.Integers);
        Assert.Equal([1f / 127, 1], layer.Scales);
        Assert.Equal(-64f / 127, layer.Weight[1]);
        Assert.Equal([3f, 4], layer.Bias);
    }

    [Fact]
    public void The_digits_are_the_first_test_images_of_MNIST()
    {
        var (pack, grey) = (BundledStory.Pack("digits"), BundledStory.Pack("digits-grey"));
        Assert.Equal([1000, 784], grey["images"].Shape);
        using var file = File.OpenRead(Path.Combine(RepositoryRoot.Path, "data", "mnist", "t10k-images-idx3-ubyte.gz"));
        using var unzipped = new GZipStream(file, CompressionMode.Decompress);
        var raw = new byte[16 + 1000 * 784];
        unzipped.ReadExactly(raw);
        Assert.Equal(raw[16..], grey["images"].Data.ToArray());
        Assert.Equal(raw[16..].Select(level => level / 255.0 > 0.5 ? (byte)1 : (byte)0), pack["white"].Data.ToArray());
        var mean = BundledStory.Pack("digits-mean")["mean"].ToFloats();
        Assert.Equal(raw[16..].Where((_, at) => at % 784 == 406).Average(level => level / 255.0), mean[406], 1e-6);
        Assert.Equal(BundledStory.Test.Labels.Span[17], pack["labels"].Data.Span[17]);
    }
}
