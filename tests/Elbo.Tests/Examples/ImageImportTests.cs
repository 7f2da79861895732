namespace Elbo.Tests;

public sealed class ImageImportTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _source;
    private readonly string _output;

    public ImageImportTests() =>
        (_source, _output) = (Directory.CreateDirectory(_folder["source"]).FullName, _folder["output"]);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Folders_of_PNG_files_become_labels_in_the_order_of_their_names()
    {
        // Upper case comes before lower case, independently of the culture.
        AddGrey("b/1.png", 10);
        AddGrey("b/2.png", 11);
        AddGrey("B/1.PNG", 20);
        AddGrey("a/x.png", 30);

        var result = Import();

        Assert.Equal(["B", "a", "b"], result.Dataset.LabelNames);
        var written = IdxFolder.Load(_output);
        Assert.Equal(["B", "a", "b"], written.LabelNames);
        Assert.Equal((3, 1), (written.Train.Count, written.Test.Count));
        Assert.Equal([(10, 2), (11, 2), (20, 0), (30, 1)], Pairs(written.Train).Concat(Pairs(written.Test)).Order());
        Assert.Equal("output", written.Name);
    }

    [Fact]
    public void A_cancelled_import_leaves_nothing()
    {
        AddGrey("1.png", 1);
        AddGrey("2.png", 2);

        Assert.Throws<OperationCanceledException>(() => ImageImport.Import(
            new ImportOptions { Source = _source, Output = _output }, new CancellationToken(canceled: true)));

        Assert.False(Directory.Exists(_output));
    }

    [Fact]
    public void PNG_files_directly_in_the_folder_have_no_labels()
    {
        for (byte i = 1; i <= 7; i++)
            AddGrey($"{i}.png", i);
        File.WriteAllText(Path.Combine(_source, "notes.txt"), "not an image");
        File.WriteAllText(Path.Combine(_source, ".hidden"), "");

        var result = Import();

        Assert.Equal(1, result.IgnoredFiles);
        var written = IdxFolder.Load(_output);
        Assert.False(written.Train.HasLabels);
        Assert.Equal(1, written.Test.Count);
        Assert.Equal(
            ["examples.csv", "source.json", "t10k-images-idx3-ubyte.gz", "train-images-idx3-ubyte.gz"],
            Directory.GetFiles(_output).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_last_images_of_the_seeded_permutation_form_the_test_split()
    {
        // Ten images with the brightness 0 to 9; an independent implementation gives the permutation 8 3 6 5 4 0 9 2 1 7 for the seed 42.
        var path = _folder.Write("images.npy", NpyBytes.File("|u1", "(10, 1, 1)", [.. Enumerable.Range(0, 10).Select(i => (byte)i)]));

        ImageImport.Import(new() { Source = path, Output = _output, Seed = 42, TestFraction = 0.3 });

        var written = IdxFolder.Load(_output);
        Assert.Equal([8, 3, 6, 5, 4, 0, 9], written.Train.ToBytes());
        Assert.Equal([2, 1, 7], written.Test.ToBytes());
    }

    [Fact]
    public void The_test_split_is_one_seventh_by_default()
    {
        var path = _folder.Write("images.npy", NpyBytes.File("|u1", "(70, 1, 1)", new byte[70]));

        var result = ImageImport.Import(new() { Source = path, Output = _output });

        Assert.Equal((60, 10), (result.Dataset.Train.Count, result.Dataset.Test.Count));
    }

    [Fact]
    public void All_images_have_three_channels_if_one_has_colour()
    {
        AddGrey("1.png", 5);
        Add("2.png", PngBytes.File(2, 2, PngBytes.Color, [1, 2, 3, 1, 2, 3, 1, 2, 3, 1, 2, 3]));

        Import();

        var written = IdxFolder.Load(_output);
        Assert.Equal(new ImageShape(3, 2, 2), written.Shape);
        var images = new[] { written.Train.ToBytes(0), written.Test.ToBytes(0) }.OrderBy(image => image[0]).ToArray();
        Assert.Equal([1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3], images[0]);
        Assert.Equal([5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5], images[1]);
    }

    [Fact]
    public void The_labels_of_a_numpy_file_are_read_from_another_file()
    {
        var images = _folder.Write("images.npy", NpyBytes.File("|u1", "(4, 1, 1)", 10, 11, 12, 13));
        File.WriteAllText(_folder["labels.txt"], "0\n1\n2\n3\n");

        ImageImport.Import(new() { Source = images, Output = _output, Labels = _folder["labels.txt"] });

        var written = IdxFolder.Load(_output);
        Assert.Equal([(10, 0), (11, 1), (12, 2), (13, 3)], Pairs(written.Train).Concat(Pairs(written.Test)).Order());

        File.WriteAllText(_folder["labels.txt"], "0\n1\n2\n");
        var thrown = Assert.Throws<InputException>(() =>
            ImageImport.Import(new() { Source = images, Output = _folder["other"], Labels = _folder["labels.txt"] }));
        Assert.Contains("3 labels for the 4 images", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Attributes_stay_with_their_images_in_an_import()
    {
        // The attribute of each image equals its brightness.
        NpyFile.Write(_folder["images.npy"], [10, 1, 1], Enumerable.Range(0, 10).Select(i => i / 255f).ToArray());
        File.WriteAllText(_folder["a.csv"], "brightness,half\n" + string.Concat(Enumerable.Range(0, 10).Select(i => $"{i},{i / 2.0}\n")));

        ImageImport.Import(
            new() { Source = _folder["images.npy"], Output = _folder["out"], Attributes = _folder["a.csv"], TestFraction = 0.3 });

        var written = IdxFolder.Load(_folder["out"]);
        Assert.Equal(["brightness", "half"], written.Test.Attributes!.ValueNames);
        foreach (var part in new[] { written.Train, written.Test })
        {
            Assert.Equal(part.ToBytes().SelectMany(pixel => new[] { pixel, pixel / 2f }), part.Attributes!.ToValues().Values.ToArray());
            Assert.NotEqual(part.Sha256, part.WithAttributes(part).Sha256);
        }

        File.Delete(_folder["out/t10k-attributes.npy"]);
        var missing = Assert.Throws<InputException>(() => IdxFolder.Load(_folder["out"]));
        Assert.Contains("lacks t10k-attributes.npy", missing.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_source_and_seed_give_the_same_bytes()
    {
        var path = _folder.Write("images.npy", NpyBytes.File("|u1", "(10, 1, 1)", new byte[10]));

        ImageImport.Import(new() { Source = path, Output = _output });
        ImageImport.Import(new() { Source = path, Output = _folder["again"] });

        foreach (var file in Directory.GetFiles(_output))
            Assert.Equal(File.ReadAllBytes(file), File.ReadAllBytes(_folder["again", Path.GetFileName(file)]));
    }

    [Fact]
    public void An_existing_folder_is_never_overwritten_but_an_empty_one_is_filled()
    {
        AddGrey("1.png", 5);
        AddGrey("2.png", 6);
        Directory.CreateDirectory(_output);
        File.WriteAllText(Path.Combine(_output, "mine"), "");

        Assert.Throws<SettingsException>(Import);
        Assert.Equal(["mine"], Directory.GetFileSystemEntries(_output).Select(Path.GetFileName));

        File.Delete(Path.Combine(_output, "mine"));
        Import();
        Assert.Equal(1, IdxFolder.Load(_output).Test.Count);
        Assert.Equal(["output", "source"], Directory.GetDirectories(_folder.Path).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_first_image_of_another_size_is_reported_and_nothing_is_written()
    {
        AddGrey("1.png", 5);
        Add("2.png", PngBytes.File(3, 2, PngBytes.Grey, new byte[6]));
        Add("3.png", PngBytes.File(4, 2, PngBytes.Grey, new byte[8]));

        AssertRejected("2.png is 3 by 2");

        Assert.False(Directory.Exists(_output));
    }

    [Fact]
    public void A_corrupt_image_is_reported_by_name()
    {
        AddGrey("1.png", 5);
        Add("2.png", [1, 2, 3]);

        AssertRejected("2.png is corrupt");
    }

    [Fact]
    public void Folders_with_another_layout_are_rejected()
    {
        AssertRejected("holds no pictures");

        AddGrey("a/1.png", 5);
        AddGrey("a/deeper/1.png", 5);
        AssertRejected("within the folder of a label");

        Directory.Delete(Path.Combine(_source, "a", "deeper"), recursive: true);
        Directory.CreateDirectory(Path.Combine(_source, "empty"));
        AssertRejected("empty is the folder of a label");

        AddGrey("1.png", 5);
        AssertRejected("both pictures and folders");
    }

    [Fact]
    public void Invalid_options_are_rejected()
    {
        AddGrey("a/1.png", 5);
        File.WriteAllText(_folder["labels.txt"], "0\n");

        var options = new ImportOptions { Source = _source, Output = _output };
        foreach (var fraction in new[] { 0, 1, -0.1, double.NaN })
            Assert.Throws<SettingsException>(() => ImageImport.Import(options with { TestFraction = fraction }));
        Assert.Throws<SettingsException>(() => ImageImport.Import(options with { Labels = _folder["labels.txt"] }));
        AssertRejected("holds one image");
        Assert.Throws<InputException>(() => ImageImport.Import(options with { Source = _folder["none"] }));
    }

    private static IEnumerable<(int Brightness, int Label)> Pairs(ExampleSet data) =>
        Enumerable.Range(0, data.Count).Select(i => ((int)data.ToBytes()[i * data.Shape.Size], data.Labels.Span[i]));

    private ImportResult Import() => ImageImport.Import(new() { Source = _source, Output = _output });

    private void AssertRejected(string reason) =>
        Assert.Contains(reason, Assert.Throws<InputException>(Import).Message, StringComparison.Ordinal);

    private void AddGrey(string name, byte brightness) =>
        Add(name, PngBytes.File(2, 2, PngBytes.Grey, [brightness, brightness, brightness, brightness]));

    private void Add(string name, byte[] bytes)
    {
        var path = Path.Combine(_source, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, bytes);
    }
}
