namespace Elbo.Studio;

/// <summary>What the condition view shows of the model of a run, prepared on the compute thread.</summary>
/// <param name="Opened">The model.</param>
/// <param name="State">The state, within what the model has.</param>
/// <param name="Priors">The priors; null where the prior is no single Gaussian.</param>
/// <param name="Frame">The visible part of the plane.</param>
/// <param name="Plane">The priors and the samples as SVG content; null where there is no plane.</param>
/// <param name="Choices">The examples whose condition can be chosen, where a part of it is not given by values.</param>
/// <param name="Samples">The samples.</param>
/// <param name="Completion">The completions; null for a model that is not conditioned on part of an image.</param>
internal sealed record RunConditionView(
    OpenModel Opened,
    RunConditionState State,
    RunPriors? Priors,
    PlaneFrame Frame,
    string? Plane,
    IReadOnlyList<SelectableExample> Choices,
    GeneratedValues Samples,
    CompletionView? Completion)
{
    private const int CompletionCount = 12;

    /// <summary>Computes the view. The choices of the last one are kept while the model stays the same.</summary>
    public static RunConditionView Of(OpenModel opened, RunConditionState state, RunConditionView? last)
    {
        if (opened.Conditions.Count == 0)
            throw new SettingsException($"The model of {opened.Name} has no condition: choose one that has.");
        var condition = state.Condition.For(opened);
        var samples = Generator.Page(opened, condition, state.Seed);
        var priors = RunPriors.Compute(opened, condition);
        IReadOnlyList<PriorEllipse> ellipses = priors is null ? [] : priors.Of.Count > 0 ? priors.Of : [priors.Chosen];
        var frame = ellipses.Count == 0 ? default : PriorSvg.FrameOf(ellipses);
        var plane = priors is null
            ? null
            : PriorSvg.Draw(frame, ellipses, new PriorSamples(priors.Chosen, priors.CodesOf(opened, samples.Count, state.Seed), samples));
        var isSame = ReferenceEquals(last?.Opened, opened);
        return new RunConditionView(
            opened,
            state with { Condition = condition },
            priors,
            frame,
            plane,
            isSame ? last!.Choices : ChosenCondition.NeedsExample(opened) ? SelectableExample.Of(opened) : [],
            GeneratedValues.OfPage(opened, samples),
            opened.Region is null ? null : Complete(opened, condition, state.Seed));
    }

    private static CompletionView? Complete(OpenModel opened, ChosenCondition condition, int seed)
    {
        if (opened.Shape.Image is not { } shape || !GeneratedPicture.CanDraw(opened.Shape))
            return null;
        var completed = Completions.Of(opened.Weights, condition.ToExample(opened)!, CompletionCount, (ulong)seed);
        return CompletionView.Of(completed, shape);
    }
}
