namespace Elbo.Cli;

/// <summary>The columns of a table with a row for each example that say which example it is.</summary>
internal static class ExampleColumns
{
    private const string Always = "index,split,label";

    /// <summary>The names of the columns: those of every table, and that of the label's name where labels have names.</summary>
    public static string Header(ExampleSet examples) => HasNames(examples) ? $"{Always},label_name" : Always;

    /// <summary>The index in the data as given, the split, and the label; empty without labels. Then its name, where it has one.</summary>
    public static string Of(ExampleSet examples, int position, Split split)
    {
        var label = examples.HasLabels ? $"{examples.Labels.Span[position]}" : "";
        var columns = $"{examples.Indices.Span[position]},{split.ToString().ToLowerInvariant()},{label}";
        return HasNames(examples) ? $"{columns},{Quoted(examples.LabelNames![examples.Labels.Span[position]])}" : columns;
    }

    private static bool HasNames(ExampleSet examples) => examples is { HasLabels: true, LabelNames: not null };

    // As RFC 4180 has it.
    private static string Quoted(string text) =>
        text.AsSpan().ContainsAny(",\"\r\n") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
}
