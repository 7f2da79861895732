namespace Elbo.Studio;

/// <summary>What the page shows for a state, prepared on the compute thread.</summary>
internal sealed record ConditionView(ConditionState State, PlaneFrame Frame, string Plane, string Samples, CompletionView Completion);

/// <summary>The completions of an image as data URLs.</summary>
internal sealed record CompletionView(string Visible, string Truth, string Completions, string Mean, string Spread)
{
    public static CompletionView Of(CompletedImage completed) => new(
        ImageDataUrl.Of(completed.Visible, scale: 4),
        ImageDataUrl.Of(completed.Truth, scale: 4),
        ImageDataUrl.Of(completed.Completions, columns: 6, scale: 2),
        ImageDataUrl.Of(completed.Mean, scale: 4),
        ImageDataUrl.Of(HeatMap.Of(completed.Spread[0], MnistImages.Shape, 0.5f), scale: 4));
}
