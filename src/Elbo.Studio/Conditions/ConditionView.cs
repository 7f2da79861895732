namespace Elbo.Studio;

/// <summary>What the page shows for a state, laid out on the thread that computes.</summary>
internal sealed record ConditionView(ConditionState State, PlaneFrame Frame, string Plane, string Cloud, CompletionView Completion);

/// <summary>A completed picture as addresses.</summary>
internal sealed record CompletionView(string Visible, string Truth, string Completions, string Mean, string Spread)
{
    public static CompletionView Of(CompletedPicture completed) => new(
        PictureAddress.Of(completed.Visible, scale: 4),
        PictureAddress.Of(completed.Truth, scale: 4),
        PictureAddress.Of(completed.Completions, columns: 6, scale: 2),
        PictureAddress.Of(completed.Mean, scale: 4),
        PictureAddress.Of(HeatMap.Of(completed.Spread[0], completed.Spread.Shape, 0.5f), scale: 4));
}
