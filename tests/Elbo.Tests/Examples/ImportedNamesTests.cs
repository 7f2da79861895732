namespace Elbo.Tests;

/// <summary>An import keeps what the files were: their order, their names, and which row of a table belongs to which.</summary>
public sealed class ImportedNamesTests : IDisposable
{
    private const int Count = 12;

    private readonly TemporaryFolder _folder = new();

    public ImportedNamesTests() => Directory.CreateDirectory(_folder["pictures"]);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Numbered_files_keep_their_order_and_a_file_of_labels_is_paired_in_it()
    {
        AddNumbered();
        File.WriteAllLines(_folder["labels.txt"], Enumerable.Range(1, Count).Select(i => $"{100 + i}"));

        Import(new() { Source = _folder["pictures"], Output = _folder["out"], Labels = _folder["labels.txt"] });

        AssertNames(Dataset.FromFolder(_folder["out"]), (examples, row, number) => Assert.Equal(100 + number, examples.Labels.Span[row]));
    }

    [Theory]
    [InlineData("filename", "img_{0}.png")]
    [InlineData("FileName", "img_{0}")]
    [InlineData("image", "./img_{0}.png")]
    [InlineData("path", "C:\\data\\pictures\\img_{0}.png")]
    [InlineData("file", "data/pictures/img_{0}")]
    public void A_table_with_names_of_files_is_joined_by_them_in_whatever_order(string column, string name)
    {
        AddNumbered();
        int[] order = [.. Enumerable.Range(1, Count).OrderBy(i => i * 5 % 13)];
        File.WriteAllLines(
            _folder["all.csv"],
            [$"brightness,{column},label", .. order.Select(i => $"{i * 10},\"{string.Format(name, i)}\",kind {i}")]);

        Import(new()
        {
            Source = _folder["pictures"],
            Output = _folder["out"],
            Labels = _folder["all.csv"],
            Attributes = _folder["all.csv"],
            AttributeColumns = ["brightness"],
        });

        var dataset = Dataset.FromFolder(_folder["out"]);
        AssertNames(dataset, (examples, row, number) =>
        {
            Assert.Equal($"kind {number}", dataset.LabelNames![examples.Labels.Span[row]]);
            Assert.Equal(10 * number, examples.Attributes!.ToValues(row).Values.Span[0]);
        });
    }

    [Fact]
    public void Without_columns_all_but_the_names_are_attributes_and_those_of_an_imported_dataset_are_joined_too()
    {
        AddNumbered();
        File.WriteAllLines(_folder["a.csv"], ["a,file,b", .. Enumerable.Range(1, Count).Reverse().Select(i => $"{i},img_{i}.png,{-i}")]);
        Import(new() { Source = _folder["pictures"], Output = _folder["out"], Attributes = _folder["a.csv"] });

        var dataset = Dataset.FromFolder(_folder["out"]);

        Assert.Equal(["a", "b"], dataset.Train.Attributes!.ValueNames!);
        AssertNames(
            dataset, (examples, row, number) => Assert.Equal([number, -number], examples.Attributes!.ToValues(row).Values.ToArray()));

        foreach (var (path, names) in new[] { ("train.csv", dataset.Train.FileNames!), ("test.csv", dataset.Test.FileNames!) })
            File.WriteAllLines(_folder[path], ["filename,c", .. names.Reverse().Select(name => $"{name},{NumberIn(name) * 7}")]);
        var configuration = new DataConfiguration { Attributes = _folder["train.csv"], TestAttributes = _folder["test.csv"] };
        AssertNames(
            configuration.Load(_folder["out"]),
            (examples, row, number) => Assert.Equal([number * 7f], examples.Attributes!.ToValues(row).Values.ToArray()));
    }

    [Fact]
    public void Names_without_a_match_on_either_side_are_reported_in_one_sentence()
    {
        AddNumbered();
        File.WriteAllLines(
            _folder["labels.csv"], ["filename,label", .. Enumerable.Range(3, Count).Select(i => $"img_{i}.png,1")]);

        Rejected("2 rows name no picture (img_13.png, img_14.png) and 2 pictures have no row (img_1.png, img_2.png)");

        File.WriteAllLines(_folder["labels.csv"], ["filename,label", .. Enumerable.Range(1, Count + 1).Select(i => $"img_{i % 13}.png,1")]);
        Rejected("1 rows name no picture (img_0.png).");
        File.WriteAllLines(_folder["labels.csv"], ["filename,label", .. Enumerable.Range(1, Count).Append(4).Select(i => $"img_{i},1")]);
        Rejected("two rows for img_4.png");
        File.WriteAllLines(
            _folder["labels.csv"], ["filename,label", .. Enumerable.Range(1, Count).Select(i => $"img_{i}.png,{(i == 7 ? "" : "x")}")]);
        Rejected("no label for img_7.png");
        File.WriteAllLines(_folder["labels.csv"], ["filename,a,b", .. Enumerable.Range(1, Count).Select(i => $"img_{i}.png,1,2")]);
        Rejected("no column 'label'");
        File.WriteAllLines(_folder["labels.csv"], ["label", .. Enumerable.Range(1, Count - 1).Select(i => $"{i}")]);
        Rejected("11 labels for the 12 images");
        Assert.False(Directory.Exists(_folder["out"]));

        void Rejected(string reason)
        {
            var options = new ImportOptions { Source = _folder["pictures"], Output = _folder["out"], Labels = _folder["labels.csv"] };
            var message = Assert.Throws<InputException>(() => Import(options)).Message;
            Assert.StartsWith(_folder["labels.csv"], message, StringComparison.Ordinal);
            Assert.Contains(reason, message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_name_that_may_be_several_files_is_refused_and_a_path_of_another_folder_is_no_match()
    {
        Add("a/1.png", 1);
        Add("b/1.png", 2);
        Add("b/2.png", 3);
        var attributes = new ImportOptions { Source = _folder["pictures"], Output = _folder["out"], Attributes = _folder["x.csv"] };
        File.WriteAllText(_folder["x.csv"], "file,x\n1.png,1\n1.png,2\n2.png,3\n");
        Assert.Contains(
            "may be a/1.png or b/1.png", Assert.Throws<InputException>(() => Import(attributes)).Message, StringComparison.Ordinal);
        File.WriteAllText(_folder["x.csv"], "file,x\nb/1.png,1\na/1.png,2\na/2.png,3\n");
        Assert.Contains(
            "1 rows name no picture (a/2.png) and 1 pictures have no row (b/2.png)",
            Assert.Throws<InputException>(() => Import(attributes)).Message,
            StringComparison.Ordinal);
        File.WriteAllText(_folder["x.csv"], "file,x\nb/1.png,20\na/1,10\n2.png,30\n");

        Import(attributes);

        var dataset = Dataset.FromFolder(_folder["out"]);
        (string, float)[] pairs = [.. Both(dataset).SelectMany(set => set.FileNames!.Zip(set.Attributes!.ToValues().Values.ToArray()))];
        Assert.Equal([("a/1.png", 10), ("b/1.png", 20), ("b/2.png", 30)], pairs.Order());
    }

    [Fact]
    public void The_manifest_is_a_table_that_others_can_read_and_one_that_does_not_fit_is_refused()
    {
        Add("b 2/ x,\"y\".png", 1);
        Add("b 10/1.png", 2);
        Import(new() { Source = _folder["pictures"], Output = _folder["out"], Seed = 1 });

        var lines = File.ReadAllLines(_folder["out", "examples.csv"]);

        Assert.Equal("split,index,source_index,file,label", lines[0]);
        Assert.Equal(
            ["0,0,\"b 2/ x,\"\"y\"\".png\",b 2", "0,1,b 10/1.png,b 10"],
            lines.Skip(1).Select(line => line[(line.IndexOf(',', StringComparison.Ordinal) + 1)..]).Order(StringComparer.Ordinal));
        Assert.Equal(
            ["b 10/1.png", "b 2/ x,\"y\".png"], Both(Dataset.FromFolder(_folder["out"])).SelectMany(set => set.FileNames!).Order());

        var hash = Dataset.FromFolder(_folder["out"]).Train.Sha256;
        File.WriteAllLines(_folder["out", "examples.csv"], lines[..2]);
        Assert.Contains(
            "0 rows", Assert.Throws<InputException>(() => Dataset.FromFolder(_folder["out"])).Message, StringComparison.Ordinal);
        File.WriteAllLines(_folder["out", "examples.csv"], [lines[0], lines[1].Replace("b ", "c "), lines[2]]);
        Assert.Contains("row 0", Assert.Throws<InputException>(() => Dataset.FromFolder(_folder["out"])).Message, StringComparison.Ordinal);
        File.WriteAllText(_folder["out", "examples.csv"], "my,own\n1,2\n");
        Assert.Null(Dataset.FromFolder(_folder["out"]).Train.FileNames);
        File.Delete(_folder["out", "examples.csv"]);
        Assert.Equal(hash, Dataset.FromFolder(_folder["out"]).Train.Sha256);
    }

    [Fact]
    public void An_array_has_no_names_of_files_but_its_positions_are_kept()
    {
        var images = _folder.Write("images.npy", NpyBytes.File("|u1", "(10, 1, 1)", [.. Enumerable.Range(0, 10).Select(i => (byte)i)]));
        Import(new() { Source = images, Output = _folder["out"], Seed = 42, TestFraction = 0.3 });

        Assert.Null(Dataset.FromFolder(_folder["out"]).Train.FileNames);
        // The permutation 8 3 6 5 4 0 9 2 1 7 comes from an independent implementation.
        Assert.Equal(
            [
                "train,0,8,,", "train,1,3,,", "train,2,6,,", "train,3,5,,", "train,4,4,,", "train,5,0,,", "train,6,9,,",
                "test,0,2,,", "test,1,1,,", "test,2,7,,",
            ],
            File.ReadAllLines(_folder["out", "examples.csv"]).Skip(1));
        File.WriteAllText(_folder["labels.csv"], "file,label\n1.png,1\n");
        var refused = Assert.Throws<InputException>(
            () => Import(new() { Source = images, Output = _folder["b"], Labels = _folder["labels.csv"] }));
        Assert.Contains("without file names", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Subsets_and_annotated_sets_carry_the_names()
    {
        AddNumbered();
        var images = ImageDataset.FromPngFolder(_folder["pictures"]);

        Assert.Equal("img_12.png", images.FileNames![11]);
        Assert.Equal(["img_3.png", "img_12.png"], images.Subset([2, 11, 0]).Subset([0, 1]).FileNames!);
        Assert.Equal("img_12.png", images.WithLabels(new int[Count]).WithAttributes(images).Subset([11]).FileNames![0]);
        Assert.Equal(images.Sha256, images.WithFileNames(null).Sha256);
        Assert.Throws<InputException>(() => images.WithFileNames(["one"]));
    }

    private static void Import(ImportOptions options) => ImageImport.Import(options);

    private static IEnumerable<ExampleSet> Both(Dataset dataset) => [dataset.Train, dataset.Test];

    private static int NumberIn(string name) => int.Parse(name[4..^4]);

    // The brightness of each picture is its number.
    private static void AssertNames(Dataset dataset, Action<ExampleSet, int, int> check)
    {
        foreach (var set in Both(dataset))
        {
            for (var row = 0; row < set.Count; row++)
            {
                var number = NumberIn(set.FileNames![row]);
                Assert.Equal(number, set.ToBytes(row)[0]);
                check(set, row, number);
            }
        }

        Assert.Equal(Count, Both(dataset).SelectMany(set => set.FileNames!).Distinct().Count());
    }

    private void AddNumbered()
    {
        for (byte i = 1; i <= Count; i++)
            Add($"img_{i}.png", i);
    }

    private void Add(string name, byte brightness)
    {
        var path = _folder["pictures", name];
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, PngBytes.File(1, 1, PngBytes.Grey, [brightness]));
    }
}
