using System.Text.Json.Serialization;
using TorchSharp;
using static TorchSharp.torch;

namespace Elbo;

/// <summary>
/// A condition on the visible part of an image, the same part of each; the rest of the image is the target (Sohn, Lee and Yan 2015). Its
/// features are the image with zeros where it is hidden.
/// </summary>
public sealed record RegionCondition : Condition
{
    private readonly float[] _hidden;

    /// <summary>Conditions on a region.</summary>
    /// <param name="visible">The visible region, as in <see cref="Condition.Region"/>; <c>mask</c> for <paramref name="mask"/>.</param>
    /// <param name="shape">The images; no shape, the default, for that of the data (<see cref="For"/>).</param>
    /// <param name="mask">
    /// The rows of a mask from the top, between them a slash: 1 for each pixel that is visible, 0 for each other.
    /// </param>
    /// <exception cref="SettingsException">
    /// The region does not exist or hides nothing or everything, or the mask has another size.
    /// </exception>
    [JsonConstructor]
    public RegionCondition(string visible, ImageShape shape = default, string? mask = null)
    {
        // JSON may lack it.
        if (visible is null)
            throw new SettingsException(
                "A condition on a region lacks the visible region: give it, as in \"visible\": \"quadrants-1\".");
        (Visible, Shape, Mask) = (visible, shape, mask);
        _hidden = Regions.Hidden(visible, shape, mask);
    }

    /// <summary>What is visible.</summary>
    public string Visible { get; }

    /// <summary>The images.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public ImageShape Shape { get; }

    /// <summary>The rows of a mask, between them a slash; null for a region that has a name.</summary>
    public string? Mask { get; }

    /// <inheritdoc/>
    [JsonIgnore]
    public override int FeatureCount => Shape.Pixels;

    /// <summary>Which pixels are visible, row by row; empty while the shape is open.</summary>
    [JsonIgnore]
    internal IReadOnlyList<bool> VisiblePixels => [.. _hidden.Take(Shape.Height * Shape.Width).Select(hidden => hidden == 0)];

    /// <inheritdoc/>
    public override Tensor Features(Batch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        return batch.Pixels.masked_fill(HiddenValues(batch.Pixels).to(@bool), Number(0));
    }

    /// <inheritdoc/>
    public override Tensor? Target(Batch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        return HiddenValues(batch.Pixels);
    }

    /// <inheritdoc/>
    public override void Check(ImageDataset data)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (data.Shape != Shape)
            throw new InputException($"The model is conditioned on a region of images of {Shape}, but the data has images of {data.Shape}.");
    }

    /// <inheritdoc/>
    public override Condition For(Dataset data)
    {
        ArgumentNullException.ThrowIfNull(data);
        return Shape == data.Shape ? this
            : Shape == default ? new RegionCondition(Visible, data.Shape, Mask)
            : throw new SettingsException(
                $"The configuration is conditioned on a region of images of {Shape}, but {data.Name} has images of {data.Shape}: choose "
                + "other --data, or start from a preset.");
    }

    /// <inheritdoc/>
    public bool Equals(RegionCondition? other) =>
        other is not null && (Visible, Shape, Mask) == (other.Visible, other.Shape, other.Mask);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Visible, Shape, Mask);

    internal override void Validate(ImageShape shape)
    {
        if (Shape == default)
            throw new SettingsException(
                "The condition on a region does not state the shape of the images: give it, or call For(data).");
        if (Shape != shape)
            throw new SettingsException(
                $"The model is for images of {shape}, but it is conditioned on a region of images of {Shape}.");
    }

    internal override int TargetCount(ImageShape shape) => _hidden.Count(hidden => hidden == 1);

    internal override Tensor OverlayVisible(Tensor images, Tensor features) =>
        where(HiddenValues(images).to(@bool), images, features.narrow(-1, 0, FeatureCount));

    internal override int ImageFeatureCount => FeatureCount;

    private Tensor HiddenValues(Tensor like) => tensor(_hidden, [1, _hidden.Length], like.dtype, like.device);
}
