namespace Elbo.Studio;

/// <summary>Generated values as a page shows them: a picture, or a table; neither for images of other channels.</summary>
/// <param name="Picture">The picture as a data URL.</param>
/// <param name="Table">The table.</param>
internal sealed record GeneratedValues(string? Picture, SampleTable? Table)
{
    /// <summary>A page of values.</summary>
    public static GeneratedValues OfPage(OpenModel opened, ExampleValues values) =>
        new(GeneratedPicture.OfPage(values), TableOf(opened, values));

    /// <summary>One value, larger.</summary>
    public static GeneratedValues OfOne(OpenModel opened, ExampleValues value) =>
        new(GeneratedPicture.OfOne(value), TableOf(opened, value));

    private static SampleTable? TableOf(OpenModel opened, ExampleValues values) =>
        opened.Shape.Image is null ? SampleTable.Of(opened, values) : null;
}
