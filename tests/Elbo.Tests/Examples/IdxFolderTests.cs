namespace Elbo.Tests;

public sealed class IdxFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public IdxFolderTests() => IdxBytes.WriteFolder(_folder);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_four_files_make_a_dataset_named_after_the_folder()
    {
        var dataset = IdxFolder.Load(_folder.Path + Path.DirectorySeparatorChar);

        Assert.Equal(Path.GetFileName(_folder.Path), dataset.Name);
        Assert.Equal(new ImageShape(1, 2, 2), dataset.Shape);
        Assert.Equal([5, 6, 7, 8], dataset.Train.ToBytes(1));
        Assert.Equal([0, 4, 2], dataset.Train.Labels.ToArray());
        Assert.Equal([25, 26, 27, 28], dataset.Test.ToBytes(1));
        Assert.Equal([1, 0], dataset.Test.Labels.ToArray());
        Assert.Null(dataset.LabelNames);
    }

    [Theory]
    [InlineData(".gz")]
    [InlineData("")]
    public void Gzipped_files_and_file_names_with_a_dot_are_found(string ending)
    {
        foreach (var path in Directory.GetFiles(_folder.Path))
        {
            var raw = File.ReadAllBytes(path);
            File.WriteAllBytes(path.Replace("-idx", ".idx", StringComparison.Ordinal) + ending, ending == "" ? raw : IdxBytes.Gzip(raw));
            File.Delete(path);
        }

        Assert.Equal(3, IdxFolder.Load(_folder.Path).Train.Count);
    }

    [Fact]
    public void Colour_images_have_a_channel_dimension_after_the_count()
    {
        byte[] pixels = [.. Enumerable.Range(0, 24).Select(i => (byte)i)];
        _folder.Write("train-images-idx3-ubyte", IdxBytes.File([3, 3, 2, 1], pixels[..18]));
        _folder.Write("t10k-images-idx3-ubyte", IdxBytes.File([2, 3, 2, 1], pixels[..12]));

        var dataset = IdxFolder.Load(_folder.Path);

        Assert.Equal(new ImageShape(3, 2, 1), dataset.Shape);
        Assert.Equal([6, 7, 8, 9, 10, 11], dataset.Train.ToBytes(1));
    }

    [Fact]
    public void Both_label_files_may_be_missing_but_not_only_one()
    {
        File.Delete(_folder["train-labels-idx1-ubyte"]);
        AssertRejected("lacks train-labels-idx1-ubyte");

        File.Delete(_folder["t10k-labels-idx1-ubyte"]);
        Assert.False(IdxFolder.Load(_folder.Path).Train.HasLabels);
    }

    [Fact]
    public void Label_names_are_read_one_per_line()
    {
        File.WriteAllText(_folder["labels.txt"], "zero\r\none\ntwo\nthree\nfour\n");
        Assert.Equal(["zero", "one", "two", "three", "four"], IdxFolder.Load(_folder.Path).LabelNames);

        File.WriteAllText(_folder["labels.txt"], "zero\none\n");
        AssertRejected("names for 2 labels");
    }

    [Fact]
    public void A_label_file_under_the_name_of_an_image_file_is_recognised()
    {
        File.Copy(_folder["train-labels-idx1-ubyte"], _folder["train-images-idx3-ubyte"], overwrite: true);

        AssertRejected("train-images-idx3-ubyte holds one-dimensional labels");
    }

    [Fact]
    public void An_image_file_under_the_name_of_a_label_file_is_recognised()
    {
        File.Copy(_folder["t10k-images-idx3-ubyte"], _folder["t10k-labels-idx1-ubyte"], overwrite: true);

        AssertRejected("t10k-labels-idx1-ubyte holds an array of 2x2x2 where one-dimensional labels");
    }

    [Fact]
    public void The_number_of_labels_must_equal_the_number_of_images()
    {
        File.Copy(_folder["t10k-labels-idx1-ubyte"], _folder["train-labels-idx1-ubyte"], overwrite: true);

        AssertRejected("2 labels for the 3 images");
    }

    [Fact]
    public void Splits_of_different_shapes_are_rejected()
    {
        _folder.Write("t10k-images-idx3-ubyte", IdxBytes.File([2, 1, 4], new byte[8]));

        AssertRejected("1x2x2");
    }

    [Theory]
    [InlineData(new uint[] { 3, 4 })]
    [InlineData(new uint[] { 3, 2, 2, 1 })]
    public void Arrays_with_another_layout_are_rejected_as_images(uint[] dimensions)
    {
        _folder.Write("train-images-idx3-ubyte", IdxBytes.File(dimensions, new byte[12]));

        AssertRejected("[count, channels, height, width]");
    }

    [Fact]
    public void A_missing_file_or_folder_is_reported_by_name()
    {
        File.Delete(_folder["t10k-images-idx3-ubyte"]);
        AssertRejected("lacks t10k-images-idx3-ubyte");

        var thrown = Assert.Throws<InputException>(() => IdxFolder.Load(_folder["none"]));
        Assert.Contains(_folder["none"], thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_catalog_loads_a_folder_and_lists_known_names_in_errors()
    {
        Assert.Equal(3, Datasets.Load(_folder.Path).Train.Count);
        Assert.Contains("(mnist", Assert.Throws<InputException>(() => Datasets.Load("mnits")).Message, StringComparison.Ordinal);
    }

    private void AssertRejected(string reason)
    {
        var message = Assert.Throws<InputException>(() => IdxFolder.Load(_folder.Path)).Message;
        Assert.Contains(reason, message, StringComparison.Ordinal);
    }
}
