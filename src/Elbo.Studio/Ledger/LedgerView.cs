namespace Elbo.Studio;

/// <summary>What the ledger shows for a state, with images as data URLs, prepared on the compute thread.</summary>
internal sealed record LedgerView(LedgerState State, ElboBreakdown Breakdown, string Image, string Decoded, string Heat)
{
    // Nats per pixel at the dark end of the scale; a confidently wrong pixel costs a few nats.
    private const float MaxNats = 3;

    public static LedgerView Of(LedgerState state, ElboBreakdown breakdown) => new(
        state,
        breakdown,
        ImageDataUrl.Of(breakdown.Image, scale: 4),
        ImageDataUrl.Of(breakdown.Decoded, scale: 4),
        ImageDataUrl.Of(
            HeatMap.Of([.. breakdown.ReconstructionPerPixel.Select(nats => (float)nats)], MnistImages.Shape, MaxNats), scale: 4));
}
