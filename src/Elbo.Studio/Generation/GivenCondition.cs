namespace Elbo.Studio;

/// <summary>The condition of a state as an example that has it.</summary>
internal static class GivenCondition
{
    /// <summary>Whether a model is conditioned on something that only an example has, such as the visible part of an image.</summary>
    public static bool NeedsExample(OpenModel opened) =>
        opened.Conditions.Any(part => part is not (LabelCondition or AttributesCondition));

    /// <summary>The example: the values of the chosen one where they are needed; null for a model without a condition.</summary>
    /// <param name="opened">The model.</param>
    /// <param name="state">The state, within what the model has.</param>
    /// <param name="label">Another label than that of the state.</param>
    public static ExampleSet? Of(OpenModel opened, GenerateState state, int? label = null)
    {
        if (opened.Conditions.Count == 0)
            return null;
        var example = NeedsExample(opened) ? opened.Examples.Subset([state.Picture]) : null;
        int[]? labels = (label ?? state.Label) is { } chosen && opened.Labels is not null ? [chosen] : null;
        return new RowDataset(
            opened.Shape,
            example?.ToValues().Values ?? new float[opened.Shape.Size],
            labels ?? example?.Labels ?? default,
            opened.Attributes is null ? example?.Attributes : AttributesOf(opened, state));
    }

    private static RowDataset AttributesOf(OpenModel opened, GenerateState state)
    {
        var values = AttributeRange.Read(AttributeRange.Of(opened), state.Attributes);
        return new RowDataset(ValueShape.Vector(values.Length), values);
    }
}
