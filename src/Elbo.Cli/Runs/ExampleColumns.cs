using CsvHelper;

namespace Elbo.Cli;

/// <summary>The columns of a table with a row for each example that say which example it is.</summary>
internal static class ExampleColumns
{
    private static readonly string[] Names = ["index", "split", "label"];

    /// <summary>
    /// Writes the names of the columns: those of every example, <c>label_name</c> where labels have names, and <c>file</c> where the
    /// examples come from files.
    /// </summary>
    public static void WriteHeader(CsvWriter writer, ExampleSet examples)
    {
        foreach (var name in Names)
            writer.WriteField(name);
        if (HasLabelNames(examples))
            writer.WriteField("label_name");
        if (examples.FileNames is not null)
            writer.WriteField("file");
    }

    /// <summary>Writes the index in the data as given, the split, the label (empty without labels), its name and the file.</summary>
    public static void Write(CsvWriter writer, ExampleSet examples, int position, Split? split)
    {
        writer.WriteField(examples.Indices.Span[position]);
        writer.WriteField(split?.ToString().ToLowerInvariant() ?? "");
        if (examples.HasLabels)
            writer.WriteField(examples.Labels.Span[position]);
        else
            writer.WriteField("");
        if (HasLabelNames(examples))
            writer.WriteField(examples.LabelNames![examples.Labels.Span[position]]);
        if (examples.FileNames is { } files)
            writer.WriteField(files[position]);
    }

    /// <summary>Writes a table with a row for each example, atomically.</summary>
    /// <param name="path">The file.</param>
    /// <param name="examples">The examples.</param>
    /// <param name="split">Their split; null for pictures of a folder.</param>
    /// <param name="names">The names of further columns.</param>
    /// <param name="values">The further values of an example, as they are written; empty for none.</param>
    public static void WriteTable(
        string path, ExampleSet examples, Split? split, IReadOnlyList<string> names, Func<int, IEnumerable<string>> values) =>
        AtomicFile.Write(path, stream =>
        {
            using var writer = CsvWriter.Create(stream, new CsvWriterOptions { NewLine = "\n" }, leaveOpen: true);
            WriteHeader(writer, examples);
            foreach (var name in names)
                writer.WriteField(name);
            writer.EndRecord();
            for (var i = 0; i < examples.Count; i++)
            {
                Write(writer, examples, i, split);
                foreach (var value in values(i))
                    writer.WriteField(value);
                writer.EndRecord();
            }
        });

    private static bool HasLabelNames(ExampleSet examples) => examples is { HasLabels: true, LabelNames: not null };
}
