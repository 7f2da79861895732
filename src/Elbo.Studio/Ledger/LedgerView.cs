namespace Elbo.Studio;

/// <summary>A page of the ledger laid out: pictures as addresses, made on the thread that computes.</summary>
internal sealed record LedgerView(LedgerState State, LedgerPage Page, string Picture, string Decoded, string Heat)
{
    // A pixel that is all wrong costs some nats; more than this is as dark as can be.
    private const float Darkest = 3;

    public static LedgerView Of(LedgerState state, LedgerPage page) => new(
        state,
        page,
        PictureAddress.Of(page.Picture, scale: 4),
        PictureAddress.Of(page.Decoded, scale: 4),
        PictureAddress.Of(HeatMap.Of([.. page.ReconstructionPerPixel.Select(nats => (float)nats)], page.Picture.Shape, Darkest), scale: 4));
}
