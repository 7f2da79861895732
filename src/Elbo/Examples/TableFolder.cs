namespace Elbo;

/// <summary>
/// A folder with a dataset in two tables: <c>train.npy</c> and <c>test.npy</c>, rows [count, width] or [count], or images; or
/// <c>train.csv</c> and <c>test.csv</c>, in which a column <c>label</c> has the labels. To arrays belong the optional
/// <c>train-labels.npy</c> and <c>test-labels.npy</c>, to both <c>labels.txt</c> with names of labels and the files of
/// <see cref="AttributeFolder"/>.
/// </summary>
internal static class TableFolder
{
    public const string LabelColumn = "label";

    private static readonly string[] Files = ["train.npy", "train.csv", "test.npy", "test.csv"];

    public static bool Exists(string folder) => FilesIn(folder).Any();

    /// <summary>The paths of those tables that a folder has.</summary>
    public static IEnumerable<string> FilesIn(string folder) => Files.Select(name => Path.Combine(folder, name)).Where(File.Exists);

    /// <exception cref="InputException">A file is missing or corrupt, or the two do not match each other.</exception>
    public static Dataset Load(string folder)
    {
        var name = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)));
        var isCsv = !File.Exists(Path.Combine(folder, "train.npy")) && File.Exists(Path.Combine(folder, "train.csv"));
        var extension = isCsv ? ".csv" : ".npy";
        var (train, test) = (Require(folder, "train" + extension), Require(folder, "test" + extension));
        var (trainSet, testSet, notes) = isCsv
            ? FromCsv(train, test)
            : (FromNpy(folder, train, "train"), FromNpy(folder, test, "test"), []);
        var names = trainSet.LabelNames
            ?? (trainSet.HasLabels ? IdxFolder.ReadLines(Path.Combine(folder, IdxFolder.LabelNamesFile)) : null);
        return AttributeFolder.AddTo(new Dataset(name, trainSet, testSet, names) { Notes = notes }, folder);
    }

    private static (ExampleSet Train, ExampleSet Test, IReadOnlyList<string> Notes) FromCsv(string train, string test)
    {
        var label = CsvTable.ReadHeader(train).Contains(LabelColumn) ? LabelColumn : null;
        var first = CsvTable.Read(train, null, label);
        var second = CsvTable.Read(test, first.Names, label);
        var labelNames = label is null ? null : TextLabels.NamesOf([.. first.Labels!, .. second.Labels!]);
        var (trainSet, testSet) = (RowFiles.Of(train, first, labelNames), RowFiles.Of(test, second, labelNames));
        var notes = new List<string>();
        if (first.Note is not null)
            notes.Add(first.Note);
        if (trainSet.Count > 1 && ConstantColumns(trainSet) is { Length: > 0 } constant)
            notes.Add($"Columns of {train} that are the same in all training rows: {constant}.");
        return (trainSet, testSet, notes);
    }

    private static string ConstantColumns(RowDataset rows) => TableColumns.Shorten(
        string.Join(", ", rows.ValueNames!.Where((_, column) => rows.Statistics.Deviation[column] == 0)));

    private static ExampleSet FromNpy(string folder, string path, string split)
    {
        var file = Path.Combine(folder, split + "-labels.npy");
        var labels = File.Exists(file) ? LabelFile.Read(file) : [];
        return NpyFile.ReadLayout(path).Shape.Count > 2 ? NpyImages.Read(path, labels) : RowFiles.ReadNpy(path, labels);
    }

    private static string Require(string folder, string name)
    {
        var path = Path.Combine(folder, name);
        return File.Exists(path) ? path : throw new InputException($"{folder} lacks {name}: provide both splits, in files of one kind.");
    }
}
