namespace Elbo.Tests;

public sealed class DatasetsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_registered_dataset_is_found_by_its_name_without_case()
    {
        var own = new Dataset("own", RowDataset.FromRows([[1], [2]]), RowDataset.FromRows([[3]]));
        Datasets.Register("tests-own", () => own);

        Assert.Same(own, Datasets.Load("Tests-Own"));
        Assert.Contains("tests-own", Datasets.Names);
        Assert.Same(own, new DataConfiguration { Source = "TESTS-OWN" }.Load("TESTS-OWN"));
        Assert.Throws<ArgumentException>(() => Datasets.Register("MNIST", () => own));
        Assert.Throws<ArgumentException>(() => Datasets.Register("a/b", () => own));
    }

    [Fact]
    public void A_folder_of_arrays_has_labels_names_and_attributes()
    {
        Write("train.npy", NpyBytes.Floats("(2, 2)", 1, 2, 3, 4));
        Write("test.npy", NpyBytes.Doubles("(1, 2)", 5, 6));
        Write("train-labels.npy", NpyBytes.Int64s("(2,)", 1, 0));
        Write("test-labels.npy", NpyBytes.Int64s("(1,)", 1));
        Write("train-attributes.npy", NpyBytes.Floats("(2,)", 10, 20));
        Write("test-attributes.npy", NpyBytes.Floats("(1,)", 30));
        File.WriteAllText(_folder["labels.txt"], "no\nyes\n");

        var data = Dataset.FromFolder(_folder.Path);

        Assert.Equal((Path.GetFileName(_folder.Path), ValueShape.Vector(2)), (data.Name, data.Shape));
        Assert.Equal([1f, 2, 3, 4], data.Train.ToValues().Values.ToArray());
        Assert.Equal([5f, 6], data.Test.ToValues().Values.ToArray());
        Assert.Equal([1, 0], data.Train.Labels.ToArray());
        Assert.Equal(["no", "yes"], data.LabelNames!);
        Assert.Equal([10f, 20], data.Train.Attributes!.ToValues().Values.ToArray());
        Assert.Equal([30f], data.Test.Attributes!.ToValues().Values.ToArray());
    }

    [Fact]
    public void Arrays_of_more_dimensions_are_images()
    {
        Write("train.npy", NpyBytes.File("|u1", "(1, 2, 2)", 1, 2, 3, 4));
        Write("test.npy", NpyBytes.File("|u1", "(1, 2, 2)", 5, 6, 7, 8));

        Assert.Equal(new ImageShape(1, 2, 2), Datasets.Load(_folder.Path).Shape);
    }

    [Fact]
    public void Labels_of_texts_have_the_same_numbers_in_both_tables()
    {
        File.WriteAllText(_folder["train.csv"], "x,label,y\n1,b,2\n3,c,4\n");
        File.WriteAllText(_folder["test.csv"], "y,x,label\n6,5,a\n8,7,c\n");

        var data = Datasets.Load(_folder.Path);

        Assert.Equal(["a", "b", "c"], data.LabelNames!);
        Assert.Equal([1, 2], data.Train.Labels.ToArray());
        Assert.Equal([0, 2], data.Test.Labels.ToArray());
        Assert.Equal([5f, 6, 7, 8], data.Test.ToValues().Values.ToArray());
    }

    [Fact]
    public void A_table_without_its_other_split_is_rejected()
    {
        File.WriteAllText(_folder["train.csv"], "x\n1\n");

        var message = Assert.Throws<InputException>(() => Datasets.Load(_folder.Path)).Message;
        Assert.Contains("lacks test.csv", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_of_PNG_files_has_the_names_of_its_subfolders()
    {
        Directory.CreateDirectory(_folder["pictures", "b"]);
        Directory.CreateDirectory(_folder["pictures", "a"]);
        Write(Path.Combine("pictures", "b", "1.png"), PngBytes.File(2, 1, PngBytes.Grey, [7, 8]));
        Write(Path.Combine("pictures", "a", "2.png"), PngBytes.File(2, 1, PngBytes.Color, [1, 2, 3, 4, 5, 6]));

        var images = ImageDataset.FromPngFolder(_folder["pictures"]);

        Assert.Equal(["a", "b"], images.LabelNames!);
        Assert.Equal([0, 1], images.Labels.ToArray());
        Assert.Equal([1, 4, 2, 5, 3, 6], images.Image(0).ToArray());
        Assert.Equal([7, 8, 7, 8, 7, 8], images.Image(1).ToArray());
        var message = Assert.Throws<InputException>(() => ImageDataset.FromPngFolder(_folder["absent"])).Message;
        Assert.Contains("absent", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Images_of_an_array_are_mapped_or_read_with_labels_from_a_file()
    {
        Write("images.npy", NpyBytes.File("|u1", "(2, 1, 2)", 1, 2, 3, 4));
        File.WriteAllText(_folder["labels.txt"], "1\n0\n");

        var images = ImageDataset.FromNpy(_folder["images.npy"], _folder["labels.txt"], ["no", "yes"]);
        var mapped = NpyImages.Read(_folder["images.npy"], new[] { 1, 0 }, mappedFrom: 0);

        Assert.Equal([1, 0], images.Labels.ToArray());
        Assert.Equal([3, 4], mapped.Image(1).ToArray());
        Assert.Equal(images.Sha256, mapped.Sha256);
    }

    private void Write(string name, byte[] bytes) => _folder.Write(name, bytes);
}
