namespace Elbo.Studio;

/// <summary>What the condition view shows of the model of a run, prepared on the compute thread.</summary>
/// <param name="Opened">The model.</param>
/// <param name="State">The state, within what the model has.</param>
/// <param name="Priors">The priors; null where the prior is no single Gaussian.</param>
/// <param name="Frame">The visible part of the plane.</param>
/// <param name="Plane">The priors and the samples as SVG content; null where there is no plane.</param>
/// <param name="Choices">The examples whose condition can be chosen, where a part of it is not given by values.</param>
/// <param name="Samples">The samples as a data URL; null for values that are no images.</param>
/// <param name="Rows">The samples as rows of numbers; empty for images.</param>
/// <param name="Completion">The completions; null for a model that is not conditioned on part of an image.</param>
internal sealed record RunConditionView(
    OpenModel Opened,
    RunConditionState State,
    RunPriors? Priors,
    PlaneFrame Frame,
    string? Plane,
    IReadOnlyList<(int Index, string? Picture)> Choices,
    string? Samples,
    IReadOnlyList<float[]> Rows,
    CompletionView? Completion)
{
    /// <summary>The number of samples of a label alone: those of the command <c>elbo sample --label</c>.</summary>
    public const int LabelSamples = 64;

    /// <summary>The number of samples of any other condition.</summary>
    public const int ConditionSamples = 10;

    /// <summary>The number of completions.</summary>
    public const int CompletionCount = 12;

    private const int Side = 112;
    private const float MaxSpread = 0.5f;

    /// <summary>Computes the view. The choices of the last one are kept while the model stays the same.</summary>
    public static RunConditionView Of(OpenModel opened, RunConditionState state, RunConditionView? last)
    {
        var model = opened.Weights;
        if (model.Condition is null)
            throw new SettingsException($"The model of {opened.Name} has no condition: choose one that has.");
        var condition = state.Condition.For(opened);
        var (within, example, seed) = (state with { Condition = condition }, condition.ToExample(opened), (ulong)state.Seed);
        var samples = model.Sample(CountOf(opened), example, seed);
        var priors = RunPriors.Compute(opened, condition);
        IReadOnlyList<PriorEllipse> ellipses = priors is null ? [] : priors.Of.Count > 0 ? priors.Of : [priors.Chosen];
        var frame = ellipses.Count == 0 ? default : PriorSvg.FrameOf(ellipses);
        return new RunConditionView(
            opened,
            within,
            priors,
            frame,
            priors is null ? null : PriorSvg.Draw(frame, ellipses, new PriorSamples(priors.Chosen, CodesOf(opened, priors, seed), samples)),
            ReferenceEquals(last?.Opened, opened) ? last.Choices : ChoicesOf(opened),
            opened.Shape.Image is { } shape ? ImageDataUrl.Of(samples, Columns(opened), ScaleOf(shape, samples.Count)) : null,
            opened.Shape.Image is null ? [.. Enumerable.Range(0, samples.Count).Select(row => samples[row].ToArray())] : [],
            opened.Region is null ? null : Complete(opened, example, seed));
    }

    /// <summary>How many samples of a model are shown.</summary>
    public static int CountOf(OpenModel opened) =>
        opened.Configuration.Model.Condition is LabelCondition ? LabelSamples : ConditionSamples;

    /// <summary>The codes of the samples in the plane of the priors.</summary>
    private static (double X, double Y)[] CodesOf(OpenModel opened, RunPriors priors, ulong seed)
    {
        var (count, size, prior) = (CountOf(opened), opened.LatentSize, priors.Chosen);
        var noise = opened.Weights.Epsilon(count, seed);
        return
        [
            .. Enumerable.Range(0, count).Select(row => (
                prior.X + prior.DeviationX * noise[row * size + priors.Dimensions.First],
                prior.Y + prior.DeviationY * noise[row * size + priors.Dimensions.Second])),
        ];
    }

    private static CompletionView Complete(OpenModel opened, ExampleSet example, ulong seed)
    {
        var shape = opened.Shape.RequireImage("A completion");
        var completed = Completions.Of(opened.Weights, example, CompletionCount, seed);
        var scale = ScaleOf(shape, 1);
        var spread = new float[shape.Height * shape.Width];
        foreach (var (index, deviation) in completed.Spread[0].ToArray().Index())
            spread[index % spread.Length] = Math.Max(spread[index % spread.Length], deviation);
        return new CompletionView(
            ImageDataUrl.Of(completed.Visible, scale: scale),
            ImageDataUrl.Of(completed.Truth, scale: scale),
            ImageDataUrl.Of(completed.Drawn, columns: 6, scale: ScaleOf(shape, CompletionCount)),
            ImageDataUrl.Of(completed.Mean, scale: scale),
            ImageDataUrl.Of(HeatMap.Of(spread, shape, MaxSpread), scale: scale));
    }

    // Where the whole condition is given by values, no example is needed.
    private static IReadOnlyList<(int Index, string? Picture)> ChoicesOf(OpenModel opened) => opened.Region is null
        ? []
        :
        [
            .. opened.Shown.Choices.Select(index => (
                index,
                opened.Shape.Image is { } shape ? ImageDataUrl.Of(opened.Examples.ToValues(index), scale: ScaleOf(shape, 4)) : null)),
        ];

    private static int? Columns(OpenModel opened) => CountOf(opened) == ConditionSamples ? ConditionSamples / 2 : null;

    private static int ScaleOf(ImageShape shape, int images) =>
        Math.Max(1, Side / Math.Max(shape.Height, shape.Width) / (images > 1 ? 2 : 1));
}
