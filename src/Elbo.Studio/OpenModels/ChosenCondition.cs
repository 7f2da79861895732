namespace Elbo.Studio;

/// <summary>The condition that a user chose for a model, as a URL holds it.</summary>
/// <param name="Picture">The position of a held-out example, for a part of the condition that only an example has.</param>
/// <param name="Label">The label; null for the first one.</param>
/// <param name="Attributes">The attributes, <c>1.5,-2</c>, in the units of the data; null for their means.</param>
internal sealed record ChosenCondition(int Picture, int? Label, string? Attributes)
{
    private const int MaxLabel = 65_535;
    private const int MaxText = 4_000;

    /// <summary>Nothing chosen yet.</summary>
    public static ChosenCondition None { get; } = new(0, null, null);

    /// <summary>Reads the values of a URL; what is no such value is left out.</summary>
    public static ChosenCondition Parse(string? picture, string? label, string? attributes) => new(
        Address.Integer(picture, 0, 0, int.MaxValue),
        Address.Integer(label, -1, -1, MaxLabel) is >= 0 and var known ? known : null,
        string.IsNullOrEmpty(attributes) || attributes.Length > MaxText ? null : attributes);

    /// <summary>Whether a model is conditioned on something that only an example has, such as the visible part of an image.</summary>
    public static bool NeedsExample(OpenModel opened) =>
        opened.Conditions.Any(part => part is not (LabelCondition or AttributesCondition));

    /// <summary>The same within what a model has: an example and a label that exist, and no value of a part that it lacks.</summary>
    /// <param name="opened">The model.</param>
    /// <param name="preferred">The label where none is chosen, if the model has it.</param>
    public ChosenCondition For(OpenModel opened, int preferred = -1) => new(
        NeedsExample(opened) ? Math.Min(Picture, opened.Examples.Count - 1) : 0,
        opened.Labels is not { Count: > 0 } labels ? null
            : Label is { } label && labels.IndexOf(label) >= 0 ? label
            : labels.IndexOf(preferred) >= 0 ? preferred : labels.Labels[0],
        AttributeRange.Write(opened.AttributeRanges, ValuesOf(opened)));

    /// <summary>The attributes as numbers.</summary>
    public double[] ValuesOf(OpenModel opened) => AttributeRange.Read(opened.AttributeRanges, Attributes);

    /// <summary>The condition as an example that has it; null for a model without one.</summary>
    /// <param name="opened">The model, within which the condition is.</param>
    /// <param name="label">Another label than the chosen one.</param>
    public ExampleSet? ToExample(OpenModel opened, int? label = null)
    {
        if (opened.Conditions.Count == 0)
            return null;
        var example = NeedsExample(opened) ? opened.Examples.Subset([Picture]) : null;
        int[]? labels = (label ?? Label) is { } chosen && opened.Labels is not null ? [chosen] : null;
        return new RowDataset(
            opened.Shape,
            example?.ToValues().Values ?? new float[opened.Shape.Size],
            labels ?? example?.Labels ?? default,
            opened.Attributes is null ? example?.Attributes : AttributesOf(opened));
    }

    private RowDataset AttributesOf(OpenModel opened)
    {
        var values = ValuesOf(opened);
        return new RowDataset(ValueShape.Vector(values.Length), values);
    }
}
