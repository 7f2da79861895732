using System.Globalization;
using CsvHelper;

namespace Elbo;

/// <summary>
/// What the examples of an imported dataset were: <c>examples.csv</c> beside its files, with a row for each example of each split, in their
/// order: the split, the index in it, the position in the source, the file relative to the folder of the source (empty for arrays), and
/// the label (its name where it has one).
/// </summary>
internal static class ExampleManifest
{
    public const string FileName = "examples.csv";

    private const string Train = "train";
    private const string Test = "test";

    private static readonly string[] Header = ["split", "index", "source_index", "file", "label"];

    /// <summary>Writes the manifest of two splits.</summary>
    /// <param name="folder">The folder of the dataset.</param>
    /// <param name="dataset">The dataset, whose indices are positions in the source.</param>
    public static void Write(string folder, Dataset dataset) => AtomicFile.Write(Path.Combine(folder, FileName), stream =>
    {
        using var writer = CsvWriter.Create(stream, new CsvWriterOptions { NewLine = "\n" }, leaveOpen: true);
        foreach (var name in Header)
            writer.WriteField(name);
        writer.EndRecord();
        Write(writer, Train, dataset.Train, dataset.LabelNames);
        Write(writer, Test, dataset.Test, dataset.LabelNames);
    });

    /// <summary>Gives the examples of a folder the names of their files, if it has a manifest.</summary>
    /// <exception cref="InputException">The manifest is corrupt, or is that of other examples.</exception>
    public static Dataset AddTo(Dataset dataset, string folder)
    {
        var path = Path.Combine(folder, FileName);
        // A file of the same name that someone else keeps there is no manifest.
        if (!File.Exists(path) || !CsvTable.ReadHeader(path).SequenceEqual(Header))
            return dataset;
        var rows = CsvTable.ReadTexts(path, Header).ToLookup(row => row[0]);
        if (rows.FirstOrDefault(split => split.Key is not (Train or Test)) is { } other)
            throw Misfit(path, $"it has rows of a split '{TableColumns.Shorten(other.Key)}'");
        var (train, test) = (FilesOf(dataset.Train, Train), FilesOf(dataset.Test, Test));
        return train.Concat(test).All(file => file.Length == 0) ? dataset : dataset.WithFileNames(train, test);

        string[] FilesOf(ExampleSet examples, string split)
        {
            string[][] own = [.. rows[split]];
            if (own.Length != examples.Count)
                throw Misfit(path, $"it has {own.Length} rows of the split {split}, which has {examples.Count} examples");
            for (var i = 0; i < own.Length; i++)
            {
                var label = LabelOf(examples, i, dataset.LabelNames);
                if (own[i][1] != i.ToString(CultureInfo.InvariantCulture) || own[i][4].Trim() != label.Trim())
                {
                    throw Misfit(path, $"row {i} (zero-based) of the split {split} is not that of its example, index {i} with the label "
                        + $"'{TableColumns.Shorten(label)}'");
                }
            }

            return [.. own.Select(row => row[3])];
        }
    }

    private static void Write(CsvWriter writer, string split, ExampleSet examples, IReadOnlyList<string>? labelNames)
    {
        for (var i = 0; i < examples.Count; i++)
        {
            writer.WriteField(split);
            writer.WriteField(i);
            writer.WriteField(examples.Indices.Span[i]);
            writer.WriteField(examples.FileNames?[i] ?? "");
            writer.WriteField(LabelOf(examples, i, labelNames));
            writer.EndRecord();
        }
    }

    private static string LabelOf(ExampleSet examples, int i, IReadOnlyList<string>? names)
    {
        if (!examples.HasLabels)
            return "";
        var label = examples.Labels.Span[i];
        return names?[label] ?? label.ToString(CultureInfo.InvariantCulture);
    }

    private static InputException Misfit(string path, string reason) => new(
        $"{path} does not fit the dataset beside it: {reason}. Restore the file, or remove it to use the examples without their names.");
}
