using System.Globalization;

namespace Elbo.Studio;

/// <summary>The condition that a user chose for a model: values of its parts, or those of an example.</summary>
/// <param name="Picture">The position of the example among the held-out ones, whose condition holds where no value is given.</param>
/// <param name="Label">The label; null for that of the example.</param>
/// <param name="Attributes">The attributes, in the units of the data; null for those of the example.</param>
internal sealed record ChosenCondition(int Picture, int? Label, IReadOnlyList<double>? Attributes)
{
    private const int MaxLabel = 65_535;
    private const int MaxAttributes = 1_000;
    private const int Digits = 4;

    /// <summary>Reads the values of a URL; what is no such value is left out.</summary>
    public static ChosenCondition Parse(string? picture, string? label, string? attributes)
    {
        var parts = (attributes ?? "").Split(',', MaxAttributes + 1);
        double[] numbers = [.. parts.Select(part => Address.Number(part, double.NaN, -1e12, 1e12))];
        return new ChosenCondition(
            Address.Integer(picture, 0, 0, int.MaxValue),
            Address.Integer(label, -1, -1, MaxLabel) is >= 0 and var known ? known : null,
            numbers.Length <= MaxAttributes && Array.TrueForAll(numbers, double.IsFinite) ? numbers : null);
    }

    /// <summary>The same within what a model has: an example that exists, and no value of a part that the model lacks.</summary>
    public ChosenCondition For(OpenModel opened)
    {
        var picture = Math.Min(Picture, opened.Examples.Count - 1);
        var label = opened.Labels is not { } labels ? null
            : Label is { } chosen && labels.IndexOf(chosen) >= 0 ? Label
            : opened.Examples.HasLabels ? opened.Examples.Labels.Span[picture]
            : (int?)labels.Labels[0];
        var attributes = opened.Attributes is not { } part ? null
            : Attributes?.Count == part.FeatureCount ? Attributes
            : AttributesOf(opened, picture);
        return new ChosenCondition(picture, label, attributes);
    }

    /// <summary>A dataset of one example with this condition.</summary>
    public ExampleSet ToExample(OpenModel opened)
    {
        var example = opened.Examples.Subset([Picture]);
        if (Label is { } label)
            example = example.WithLabels(new[] { label });
        return Attributes is null
            ? example
            : example.WithAttributes(new RowDataset(ValueShape.Vector(Attributes.Count), Attributes.ToArray()));
    }

    /// <summary>A copy with another value of an attribute.</summary>
    public ChosenCondition With(int attribute, double value) =>
        this with { Attributes = [.. Attributes!.Select((old, index) => index == attribute ? Round(value) : old)] };

    /// <summary>The attributes for a URL or for the option --attribute; null where there are none.</summary>
    public string? AttributesText => Attributes is null
        ? null
        : string.Join(',', Attributes.Select(value => value.ToString("R", CultureInfo.InvariantCulture)));

    // A record compares lists by reference.
    public bool Equals(ChosenCondition? other) => other is not null && (Picture, Label, AttributesText)
        == (other.Picture, other.Label, other.AttributesText);

    public override int GetHashCode() => HashCode.Combine(Picture, Label, AttributesText);

    private static double[] AttributesOf(OpenModel opened, int picture)
    {
        if (opened.Examples.Attributes is not { } rows)
            return [.. opened.Attributes!.Mean];
        var values = new double[rows.Shape.Size];
        rows.Read([picture], values.AsSpan());
        return [.. values.Select(Round)];
    }

    // Enough digits for a slider and for a URL that can be read.
    private static double Round(double value) => double.Parse(
        value.ToString("G" + Digits, CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}
