using static TorchSharp.torch;

namespace Elbo;

/// <summary>
/// A condition on a part of the image: its features are the visible values, and x is what is hidden. "Complete the picture", as Sohn, Lee
/// and Yan (2015) do with quadrants.
/// </summary>
public sealed record RegionCondition : Condition
{
    /// <summary>Conditions on a visible part.</summary>
    /// <param name="visible">The part, as <see cref="Visible"/> writes it.</param>
    /// <exception cref="ConfigurationException">There is no such region.</exception>
    public RegionCondition(string visible)
    {
        if (string.IsNullOrEmpty(visible))
            throw new ConfigurationException($"A condition on a region does not say which: write {Regions.Forms}.");
        Regions.Require(visible);
        Visible = visible;
    }

    /// <summary>
    /// The part that is seen: <c>quadrants-1</c> (lower left), <c>quadrants-2</c> (left half), <c>quadrants-3</c> (all but the lower right),
    /// <c>top</c>, <c>bottom</c>, <c>left</c>, <c>right</c>, <c>rectangle:TOP:LEFT:HEIGHT:WIDTH</c>, <c>mask:</c> with rows of zeros and ones
    /// between slashes, or one of these behind <c>all-but:</c>.
    /// </summary>
    public string Visible { get; }

    /// <summary>Reads what stands behind <c>region:</c> on a command line: a region, or a PNG file of which the bright part is seen.</summary>
    internal static RegionCondition Parse(string text)
    {
        if (!text.EndsWith(".png", StringComparison.OrdinalIgnoreCase))
            return new RegionCondition(text);
        var image = PngImage.Read(text);
        return new RegionCondition(Regions.OfMask(image.Shape.Height, image.Shape.Width, pixel => image.Pixels[pixel] >= 128));
    }

    /// <inheritdoc/>
    public override int FeatureCount(ImageShape shape) => Hidden(shape).Count(hidden => !hidden);

    /// <inheritdoc/>
    public override Tensor Features(Batch batch, ImageShape shape)
    {
        ArgumentNullException.ThrowIfNull(batch);
        var hidden = Hidden(shape);
        long[] visible = [.. Enumerable.Range(0, hidden.Count).Where(value => !hidden[value])];
        return batch.Pixels.index_select(1, tensor(visible, device: batch.Pixels.device));
    }

    /// <inheritdoc/>
    public override IReadOnlyList<bool> Hidden(ImageShape shape)
    {
        var visible = Regions.Pixels(Visible, shape.Height, shape.Width);
        if (visible.All(seen => seen) || !visible.Any(seen => seen))
        {
            throw new ConfigurationException(
                $"The region '{Visible}' {(visible[0] ? "hides nothing" : "shows nothing")} of images of {shape}: choose one that leaves "
                + "something of both.");
        }

        var values = new bool[shape.Pixels];
        for (var i = 0; i < values.Length; i++)
            values[i] = !visible[i % visible.Length];
        return values;
    }

    /// <inheritdoc/>
    public override void Check(ImageDataset data)
    {
        ArgumentNullException.ThrowIfNull(data);
        _ = Hidden(data.Shape);
    }
}
