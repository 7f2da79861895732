namespace Elbo.Studio;

/// <summary>A held-out example that can be selected.</summary>
/// <param name="Index">The position among the held-out examples.</param>
/// <param name="Label">The name of its label, or where it has none its position.</param>
/// <param name="DataUrl">The image as a data URL; null for a value that is no image.</param>
internal sealed record SelectableExample(int Index, string Label, string? DataUrl)
{
    private const int Side = 56;

    /// <summary>One example of each label, or the first ones where there are no labels.</summary>
    public static IReadOnlyList<SelectableExample> Of(OpenModel opened) =>
    [
        .. opened.Shown.Choices.Select(index => new SelectableExample(
            index,
            opened.Examples.HasLabels ? opened.TextOfLabel(opened.Examples.Labels.Span[index]) : $"{index}",
            opened.Shape.Image is { } shape
                ? ImageDataUrl.Of(opened.Examples.ToValues(index), scale: Math.Max(1, Side / Math.Max(shape.Height, shape.Width)))
                : null)),
    ];
}
