namespace Elbo.Studio;

/// <summary>What the generate view shows for a state, prepared on the compute thread.</summary>
/// <param name="Models">The models.</param>
/// <param name="State">The state, within what they have.</param>
/// <param name="Given">Samples at the condition.</param>
/// <param name="Grid">The labels by styles as a data URL; null where there are none.</param>
/// <param name="Visible">The visible part of the chosen example as a data URL; null where it is no condition.</param>
/// <param name="Free">The samples of the VAE beside the conditional VAE; null for a single model.</param>
/// <param name="Planes">The planes.</param>
/// <param name="Atlases">The atlas of each; null for values without a picture.</param>
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
    IReadOnlyList<string?> Atlases,
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
        var hasCondition = same is not null && (same.State with { Code = null, IsPrincipal = false, Seed = 0 })
            == (state with { Code = null, IsPrincipal = false, Seed = 0 });
        var hasSeed = same?.State.Seed == state.Seed;
        var hasPage = hasCondition && hasSeed;
        var hasPlanes = same?.State.IsPrincipal == state.IsPrincipal;
        LatentPlane[] planes = hasPlanes ? [.. same!.Planes] : [.. models.Planes.Select(opened => LatentPlane.Of(opened, state.IsPrincipal))];
        // Without the condition's own randomness a seed changes no features.
        var atlases = hasPlanes && hasCondition ? same!.Atlases : [.. planes.Select(plane => plane.Atlas(state))];
        var hasCodes = CodeSlider.HasCodes(turned);
        var isDecoded = same?.State.Code == state.Code && (hasCondition || models.IsPair) && same is not null;
        return new GenerateView(
            models,
            state,
            hasPage ? same!.Given : GeneratedValues.Page(given, state),
            hasPage ? same!.Grid : GridOf(given, state),
            hasCondition ? same!.Visible : VisibleOf(given, state),
            !models.IsPair ? null : hasSeed ? same!.Free : GeneratedValues.Page(turned, state),
            planes,
            atlases,
            same?.Sliders ?? CodeSlider.Of(turned),
            same?.Range ?? (hasCodes ? CodeSlider.RangeOf(turned) : 0),
            !hasCodes ? null : isDecoded ? same!.Decoded : GeneratedValues.Decoded(turned, state),
            same?.Choices ?? (GivenCondition.NeedsExample(given) ? SelectableExample.Of(given) : []));
    }

    private static string? GridOf(OpenModel opened, GenerateState state) => opened.Labels is null || !GeneratedPicture.CanDraw(opened.Shape)
        ? null
        : GeneratedPicture.OfPage(Generator.LabelGrid(opened, state), Generator.Styles);

    private static string? VisibleOf(OpenModel opened, GenerateState state) => opened.Region is { } region
        && opened.Examples.ToValues(state.Picture) is var example && GeneratedPicture.CanDraw(opened.Shape)
            ? GeneratedPicture.OfOne(new ExampleValues(
                opened.Shape,
                [.. example.Values.ToArray().Select((value, index) => IsVisible(region, index) ? value : 0.5f)]))
            : null;

    // The channels of a pixel are visible together.
    private static bool IsVisible(RegionCondition region, int index) => region.VisiblePixels[index % region.VisiblePixels.Count];
}

/// <summary>Generated values as a page shows them: a picture, or a table; neither for images of other channels.</summary>
/// <param name="Picture">The picture as a data URL.</param>
/// <param name="Table">The table.</param>
internal sealed record GeneratedValues(string? Picture, SampleTable? Table)
{
    /// <summary>Samples at the condition.</summary>
    public static GeneratedValues Page(OpenModel opened, GenerateState state)
    {
        var values = Generator.Page(opened, state);
        return new GeneratedValues(GeneratedPicture.OfPage(values), TableOf(opened, values));
    }

    /// <summary>The code of the sliders.</summary>
    public static GeneratedValues Decoded(OpenModel opened, GenerateState state)
    {
        var code = SliderCode.Read(state.Code, opened);
        var values = Generator.Decode(opened, state, [.. code.Select(value => (float)value)]);
        return new GeneratedValues(GeneratedPicture.OfOne(values), TableOf(opened, values));
    }

    private static SampleTable? TableOf(OpenModel opened, ExampleValues values) =>
        opened.Shape.Image is null ? SampleTable.Of(opened, values) : null;
}
