namespace Elbo.Studio.Tests;

public sealed class DataCatalogueTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("elbo-studio-data-");
    private readonly RunFolders _runs = new();

    public void Dispose()
    {
        _runs.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public void Known_datasets_and_given_folders_are_offered_by_ids_that_do_not_reveal_a_path()
    {
        var (first, second) = (Folder("one", "letters"), Folder("two", "letters"));
        var catalogue = Open(first + "/", second, Path.Combine(_folder.FullName, "missing"));

        var entries = catalogue.Entries();
        Assert.Equal(["mnist", "letters (one)", "letters (two)"], entries.Select(entry => entry.Name));
        Assert.Equal(["mnist", first, second], entries.Select(entry => entry.Source));
        Assert.All(entries, entry => Assert.True(DataEntry.IsId(entry.Id)));
        Assert.DoesNotContain(entries, entry => entry.Id.Contains("letters", StringComparison.Ordinal));
        Assert.Equal(second, catalogue.Find(entries[2].Id)?.Folder);
        Assert.Null(catalogue.Find(second));
        Assert.Null(catalogue.Find("letters (one)"));
        Assert.Null(catalogue.Find(null));

        Directory.Delete(second);
        Assert.Null(catalogue.Find(entries[2].Id));
        Assert.Equal(["mnist", "letters"], catalogue.Entries().Select(entry => entry.Name));
    }

    [Fact]
    public void The_data_of_a_listed_run_is_offered_while_its_folder_exists()
    {
        var data = Folder("somewhere", "sensors");
        WriteRun("a", data);
        WriteRun("b", "mnist");
        WriteRun("c", Path.Combine(_folder.FullName, "gone"));
        WriteRun("d", "relative/folder");
        var catalogue = Open();
        Assert.Equal(["mnist", data], catalogue.Entries().Select(entry => entry.Source));
        Assert.Equal(0, catalogue.Reads);

        Directory.Delete(data);
        Assert.Equal(["mnist"], catalogue.Entries().Select(entry => entry.Source));
    }

    [Fact]
    public void What_data_is_is_read_once_and_again_when_it_has_changed()
    {
        var folder = DataFolders.WriteTable(Path.Combine(_folder.FullName, "table"));
        var catalogue = Open(folder);
        var entry = catalogue.Entries()[1];

        var facts = catalogue.Read(entry).Facts!;
        Assert.Equal((ValueShape.Vector(2), 60, 20, 3), (facts.Shape, facts.TrainingCount, facts.TestCount, facts.LabelCount));
        Assert.Equal(["slant", "line width"], facts.Attributes);
        Assert.True(facts.AreAttributesSelectable);
        Assert.Same(facts, catalogue.Read(entry).Facts);
        Assert.Equal(1, catalogue.Reads);

        DataFolders.WriteTable(folder, training: 70);
        Assert.Equal(70, catalogue.Read(entry).Facts!.TrainingCount);
        File.Delete(Path.Combine(folder, "attributes", "test.csv"));
        Assert.Empty(catalogue.Read(entry).Facts!.Attributes);
    }

    [Fact]
    public void Attributes_that_belong_to_the_data_are_chosen_by_their_names_too()
    {
        var folder = DataFolders.WriteTable(Path.Combine(_folder.FullName, "table"), training: 4, test: 2);
        Directory.Delete(Path.Combine(folder, "attributes"), recursive: true);
        NpyFile.Write(Path.Combine(folder, "train-attributes.npy"), [4, 2], new double[8]);
        NpyFile.Write(Path.Combine(folder, "test-attributes.npy"), [2, 2], new double[4]);
        File.WriteAllText(Path.Combine(folder, "attributes.txt"), "hot\ncold\n");

        var facts = DataReading.Of(DataEntry.OfFolder(folder)).Facts!;
        Assert.Equal(["hot", "cold"], facts.Attributes);
        Assert.Equal(
            ["--attributes", "train-attributes.npy", "--test-attributes", "test-attributes.npy", "--attribute-columns", "1"],
            facts.Tables!.Options([1], facts.Attributes, path => Path.GetFileName(path)));
    }

    [Fact]
    public void Data_that_cannot_be_read_is_a_sentence_without_its_path()
    {
        var folder = Folder("one", "empty");
        var reading = Open(folder).Read(DataEntry.OfFolder(folder));
        Assert.Null(reading.Facts);
        Assert.Contains("empty", reading.Problem);
        Assert.DoesNotContain(_folder.FullName, reading.Problem);
        Assert.EndsWith(".", reading.Problem);

        DataFolders.WriteTable(folder);
        File.AppendAllText(Path.Combine(folder, "attributes", "train.csv"), "1,x\n");
        Assert.Contains("train.csv", Open(folder).Read(DataEntry.OfFolder(folder)).Problem);
    }

    [Fact]
    public void Files_that_change_under_an_entry_are_found_by_its_signature()
    {
        var folder = Folder("one", "data");
        var entry = DataEntry.OfFolder(folder);
        var before = DataReading.SignatureOf(entry);
        File.WriteAllText(Path.Combine(folder, "train.csv"), "x\n1\n");
        Assert.NotEqual(before, DataReading.SignatureOf(entry));
        Directory.Delete(folder, recursive: true);
        Assert.Equal("", DataReading.SignatureOf(entry));
    }

    private DataCatalogue Open(params string[] folders) => new(folders, _runs.Catalogue());

    private string Folder(params string[] parts) => Directory.CreateDirectory(Path.Combine([_folder.FullName, .. parts])).FullName;

    private void WriteRun(string name, string source) => _runs.Add(
        name, configuration: configuration => configuration with { Data = configuration.Data with { Source = source } });
}
