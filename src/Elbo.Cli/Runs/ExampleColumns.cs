namespace Elbo.Cli;

/// <summary>The columns of a table with a row for each example that say which example it is.</summary>
internal static class ExampleColumns
{
    public const string Header = "index,split,label";

    /// <summary>The index in the data as given, the split, and the label; empty without labels.</summary>
    public static string Of(ExampleSet examples, int position, Split split)
    {
        var label = examples.HasLabels ? $"{examples.Labels.Span[position]}" : "";
        return $"{examples.Indices.Span[position]},{split.ToString().ToLowerInvariant()},{label}";
    }
}
