namespace Elbo.Tests;

public sealed class MnistTests : IDisposable
{
    private static readonly string Bundled = Path.Combine(AppContext.BaseDirectory, "data", "mnist");
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_bundled_digits_are_loaded()
    {
        var mnist = Mnist.Load();

        Assert.Equal("mnist", mnist.Name);
        Assert.Equal((60_000, 10_000), (mnist.Train.Count, mnist.Test.Count));
        Assert.Equal(new ImageShape(1, 28, 28), mnist.Shape);
        // The first labels of the published splits.
        Assert.Equal([5, 0, 4, 1, 9, 2, 1, 3, 1, 4], mnist.Train.Labels[..10].ToArray());
        Assert.Equal([7, 2, 1, 0, 4, 1, 4, 9, 5, 9], mnist.Test.Labels[..10].ToArray());
        Assert.Equal(10, mnist.Train.LabelCount);
        Assert.Equal(10, mnist.LabelNames!.Count);
        // The published mean brightness of the training images.
        Assert.Equal(0.1307, mnist.Train.ToBytes().Average(pixel => pixel / 255.0), 0.00005);
    }

    [Fact]
    public void The_catalog_recognises_MNIST_by_name_and_by_content()
    {
        Assert.Equal("mnist", Datasets.Load("mnist").Name);
        Assert.Equal("mnist", Datasets.Load(Bundled).Name);
        Assert.Equal("mnist", Datasets.Load("MNIST").Name);
        Assert.Equal("mnist", Datasets.Names.First());
    }

    [Fact]
    public void A_file_with_other_content_is_rejected_by_its_hash()
    {
        Copy(IdxPart.TrainImages, IdxPart.TrainLabels, IdxPart.TestImages);
        var labels = IdxFile.Read(IdxPart.TestLabels.Find(Bundled)!);
        var changed = labels.Data.Slice(0, (int)labels.Data.Length).ToArray();
        changed[0] = 3;
        IdxFile.Write(_folder["t10k-labels-idx1-ubyte.gz"], new IdxArray(labels.Dimensions, changed));

        var message = Assert.Throws<InputException>(() => Mnist.Load(_folder.Path)).Message;

        Assert.Contains("t10k-labels-idx1-ubyte.gz is not the t10k-labels-idx1-ubyte of MNIST", message, StringComparison.Ordinal);
        var dataset = IdxFolder.Load(_folder.Path);
        Assert.Equal(Path.GetFileName(_folder.Path), dataset.Name);
    }

    [Fact]
    public void A_missing_file_or_folder_is_reported_by_name()
    {
        Copy(IdxPart.TrainImages);

        Assert.Contains("lacks train-labels-idx1-ubyte", Assert.Throws<InputException>(() => Mnist.Load(_folder.Path)).Message,
            StringComparison.Ordinal);
        Assert.Contains(_folder["none"], Assert.Throws<InputException>(() => Mnist.Load(_folder["none"])).Message,
            StringComparison.Ordinal);
    }

    private void Copy(params IdxPart[] parts)
    {
        foreach (var path in parts.Select(part => part.Find(Bundled)!))
            File.Copy(path, _folder[Path.GetFileName(path)]);
    }
}
