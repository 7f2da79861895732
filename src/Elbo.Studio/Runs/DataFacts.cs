namespace Elbo.Studio;

/// <summary>What the form for a training says about data, and needs for its choices.</summary>
/// <param name="Shape">The shape of each value.</param>
/// <param name="TrainingCount">How many training examples there are.</param>
/// <param name="TestCount">How many test examples there are.</param>
/// <param name="LabelCount">How many different labels the training examples have; 0 for no labels.</param>
/// <param name="Attributes">The names of the attributes; empty for none.</param>
/// <param name="Tables">The files of the attributes, from which some can be chosen; null for data without such files.</param>
internal sealed record DataFacts(
    ValueShape Shape, int TrainingCount, int TestCount, int LabelCount, IReadOnlyList<string> Attributes, AttributeTables? Tables)
{
    // More are neither read nor ticked by anyone.
    private const int MaxChoices = 60;

    /// <summary>Whether single attributes can be chosen, and not only all of them.</summary>
    public bool AreAttributesSelectable => Tables is not null && Attributes.Count is > 1 and <= MaxChoices
        && Attributes.All(IsOneArgument) && Attributes.Distinct(StringComparer.Ordinal).Count() == Attributes.Count;

    public static DataFacts Of(Dataset data, AttributeTables? tables) => new(
        data.Shape,
        data.Train.Count,
        data.Test.Count,
        data.Train.HasLabels ? data.Train.DistinctLabels.Count : 0,
        data.Train.Attributes is { } rows
            ? [.. Enumerable.Range(0, rows.Shape.Size).Select(column => rows.ValueNames?[column] ?? $"{column}")]
            : [],
        tables);

    // In an option they are separated by commas.
    private static bool IsOneArgument(string name) =>
        name.Length > 0 && name.Trim() == name && !name.Contains(',', StringComparison.Ordinal);
}
