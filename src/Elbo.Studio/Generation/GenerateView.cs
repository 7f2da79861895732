namespace Elbo.Studio;

/// <summary>What the generate view shows for a state, prepared on the compute thread.</summary>
/// <param name="Models">The models.</param>
/// <param name="State">The state, within what they have.</param>
/// <param name="Given">Samples at the condition.</param>
/// <param name="Grid">The labels by styles as a data URL; null where there are none.</param>
/// <param name="Visible">The visible part of the chosen example as a data URL; null where it is no condition.</param>
/// <param name="Free">The samples of the VAE beside the conditional VAE; null for a single model.</param>
/// <param name="Planes">The planes.</param>
/// <param name="Sliders">The sliders, and how far they go to both sides.</param>
/// <param name="Range">How far the sliders go to both sides.</param>
/// <param name="Decoded">The code of the sliders, decoded; null for a model without codes.</param>
/// <param name="Choices">The examples to choose from; empty where none is needed.</param>
internal sealed record GenerateView(
    GenerateModels Models,
    GenerateState State,
    GeneratedValues Given,
    string? Grid,
    string? Visible,
    GeneratedValues? Free,
    IReadOnlyList<LatentPlane> Planes,
    IReadOnlyList<CodeSlider> Sliders,
    double Range,
    GeneratedValues? Decoded,
    IReadOnlyList<SelectableExample> Choices)
{
    /// <summary>Computes the view. Only what differs from the last one is computed again: moving a slider changes one picture.</summary>
    public static GenerateView Of(GenerateModels models, GenerateState requested, GenerateView? last)
    {
        var state = requested.For(models);
        var (given, turned) = (models.Given, models.Turned);
        var same = ReferenceEquals(last?.Models.Given, given) && ReferenceEquals(last?.Models.Turned, turned) ? last : null;
        var hasCondition = same?.State.Condition == state.Condition;
        var hasSeed = same?.State.Seed == state.Seed;
        var hasPage = hasCondition && hasSeed;
        var hasPlanes = same?.State.IsPrincipal == state.IsPrincipal;
        var planes = hasPlanes
            ? same!.Planes
            : [.. models.Planes.Select(opened => LatentPlane.Of(opened, state.IsPrincipal))];
        var hasCodes = CodeSlider.HasCodes(turned);
        var isDecoded = same?.State.Code == state.Code && (hasCondition || models.IsPair) && same is not null;
        return new GenerateView(
            models,
            state,
            hasPage ? same!.Given : PageOf(given, state),
            hasPage ? same!.Grid : GridOf(given, state),
            hasCondition ? same!.Visible : VisibleOf(given, state),
            !models.IsPair ? null : hasSeed ? same!.Free : PageOf(turned, state),
            planes,
            same?.Sliders ?? CodeSlider.Of(turned),
            same?.Range ?? (hasCodes ? CodeSlider.RangeOf(turned) : 0),
            !hasCodes ? null : isDecoded ? same!.Decoded : DecodedOf(turned, state),
            same?.Choices ?? (ChosenCondition.NeedsExample(given) ? SelectableExample.Of(given) : []));
    }

    private static GeneratedValues PageOf(OpenModel opened, GenerateState state) =>
        GeneratedValues.OfPage(opened, Generator.Page(opened, state.Condition, state.Seed));

    private static GeneratedValues DecodedOf(OpenModel opened, GenerateState state)
    {
        var code = SliderCode.Read(state.Code, opened);
        return GeneratedValues.OfOne(opened, Generator.Decode(opened, state.Condition, [.. code.Select(value => (float)value)]));
    }

    private static string? GridOf(OpenModel opened, GenerateState state) => opened.Labels is null || !GeneratedPicture.CanDraw(opened.Shape)
        ? null
        : ImageDataUrl.Of(Generator.LabelGrid(opened, state.Condition, state.Seed), Generator.Styles);

    private static string? VisibleOf(OpenModel opened, GenerateState state) => opened.Region is { } region
        && opened.Examples.ToValues(state.Condition.Picture) is var example && GeneratedPicture.CanDraw(opened.Shape)
            ? GeneratedPicture.OfOne(new ExampleValues(
                opened.Shape,
                [.. example.Values.ToArray().Select((value, index) => IsVisible(region, index) ? value : 0.5f)]))
            : null;

    // The channels of a pixel are visible together.
    private static bool IsVisible(RegionCondition region, int index) => region.VisiblePixels[index % region.VisiblePixels.Count];
}
