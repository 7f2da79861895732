namespace Elbo.Studio;

/// <summary>The images of the ledger as data URLs.</summary>
/// <param name="Image">The example.</param>
/// <param name="Visible">Its visible part, with the rest in middle grey; null for a model that is not conditioned on it.</param>
/// <param name="Decoded">The mean of p(x|z,c).</param>
/// <param name="Heat">The part of each pixel of the reconstruction term.</param>
internal sealed record LedgerPictures(string Image, string? Visible, string Decoded, string Heat)
{
    private const int Side = 112;

    // Nats per pixel at the dark end of the scale for a Bernoulli likelihood; a confidently wrong pixel costs a few nats.
    private const float MaxNats = 3;

    public static LedgerPictures Of(ImageShape shape, OpenModel opened, ElboBreakdown breakdown)
    {
        var scale = Math.Max(1, Side / Math.Max(shape.Height, shape.Width));
        return new LedgerPictures(
            ImageDataUrl.Of(breakdown.Value, scale: scale),
            breakdown.Target is { } target ? ImageDataUrl.Of(VisiblePartOf(breakdown.Value, target), scale: scale) : null,
            ImageDataUrl.Of(breakdown.Decoded, scale: scale),
            ImageDataUrl.Of(HeatOf(shape, opened, breakdown), scale: scale));
    }

    private static ExampleValues VisiblePartOf(ExampleValues image, IReadOnlyList<float> target) => new(
        image.Shape, [.. image.Values.ToArray().Select((value, index) => target[index] == 0 ? value : 0.5f)]);

    // The channels of a pixel are added. Densities can be above 1, so that the cheapest pixel is white wherever it lies.
    private static ExampleValues HeatOf(ImageShape shape, OpenModel opened, ElboBreakdown breakdown)
    {
        var pixels = shape.Height * shape.Width;
        var nats = new float[pixels];
        foreach (var (index, part) in breakdown.ReconstructionPerValue.Index())
            nats[index % pixels] += (float)part;
        var isBernoulli = opened.Configuration.Model.Likelihood == Likelihoods.Bernoulli;
        var low = isBernoulli ? 0 : nats.Min();
        return HeatMap.Of([.. nats.Select(value => value - low)], shape, isBernoulli ? MaxNats : Math.Max(nats.Max() - low, 1e-6f));
    }
}
