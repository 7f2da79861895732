namespace Elbo.Studio;

/// <summary>What the page shows for a state, prepared on the compute thread.</summary>
internal sealed record ConditionView(ConditionState State, PlaneFrame Frame, string Plane, string Samples, CompletionView Completion);

/// <summary>The completions of an image as data URLs.</summary>
internal sealed record CompletionView(string Visible, string Truth, string Completions, string Mean, string Spread)
{
    // Of values between 0 and 1.
    private const float MaxSpread = 0.5f;
    private const int Columns = 6;
    private const int Side = 112;

    public static CompletionView Of(Completions completed, ImageShape shape)
    {
        var scale = Math.Max(1, Side / Math.Max(shape.Height, shape.Width));
        return new CompletionView(
            ImageDataUrl.Of(completed.Visible, scale: scale),
            ImageDataUrl.Of(completed.Truth, scale: scale),
            ImageDataUrl.Of(completed.Drawn, Columns, Math.Max(1, scale / 2)),
            ImageDataUrl.Of(completed.Mean, scale: scale),
            ImageDataUrl.Of(HeatMap.Of(SpreadOf(completed, shape), shape, MaxSpread), scale: scale));
    }

    // The channel of a pixel that differs most.
    private static float[] SpreadOf(Completions completed, ImageShape shape)
    {
        var largest = new float[shape.Height * shape.Width];
        foreach (var (index, deviation) in completed.Spread[0].ToArray().Index())
            largest[index % largest.Length] = Math.Max(largest[index % largest.Length], deviation);
        return largest;
    }
}
