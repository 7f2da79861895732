using System.Text.Json.Serialization;

namespace Elbo;

/// <summary>
/// A condition on the visible part of an image, the same part of each; the rest of the image is the target (Sohn, Lee and Yan 2015). Its
/// features are the image with zeros where it is hidden.
/// </summary>
public sealed record RegionCondition : Condition
{
    private readonly Lazy<float[]> _mask;

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
        (Visible, Shape, Mask) = (Regions.NameOf(visible), shape, mask);
        Regions.EnsurePossible(Visible, shape, mask);
        _mask = new(() => Regions.Hidden(Visible, Shape, Mask));
    }

    // Made when it is used: a configuration may be read that nobody uses.
    private float[] Hidden => _mask.Value;

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
    public IReadOnlyList<bool> VisiblePixels => [.. Hidden.Take(Shape.Height * Shape.Width).Select(hidden => hidden == 0)];

    /// <inheritdoc/>
    public override void WriteFeatures(ExampleRows examples, Span<float> features)
    {
        var hidden = Hidden;
        for (var start = 0; start < features.Length; start += hidden.Length)
        {
            for (var i = 0; i < hidden.Length; i++)
                features[start + i] = hidden[i] == 0 ? examples.Values[start + i] : 0;
        }
    }

    /// <inheritdoc/>
    public override GraphValue Describe(GraphInputs inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        var hidden = inputs.Graph.Constant(Hidden, 1, FeatureCount).IsAbove(0);
        // What is hidden is not read: it may be NaN.
        return hidden.Select(inputs.Graph.Constant(new float[FeatureCount], 1, FeatureCount), inputs.Values());
    }

    /// <inheritdoc/>
    [JsonIgnore]
    public override IReadOnlyList<float>? Target => Hidden;

    /// <inheritdoc/>
    public override void Check(ExampleSet data)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (data.Shape.Image != Shape)
            throw new InputException(
                $"The model is conditioned on a region of images of {Shape}, but the data has images of {data.Shape}.");
    }

    /// <inheritdoc/>
    public override Condition For(Dataset data)
    {
        ArgumentNullException.ThrowIfNull(data);
        var image = data.Shape.RequireImage("A condition on a region");
        return Shape == image ? this
            : Shape == default ? new RegionCondition(Visible, image, Mask)
            : throw new SettingsException(
                $"The configuration is conditioned on a region of images of {Shape}, but {data.Name} has images of {data.Shape}: choose "
                + "another dataset, or start from a preset.");
    }

    /// <inheritdoc/>
    public bool Equals(RegionCondition? other) =>
        other is not null && (Visible, Shape, Mask) == (other.Visible, other.Shape, other.Mask);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Visible, Shape, Mask);

    /// <inheritdoc/>
    public override void Validate(ValueShape shape)
    {
        if (Shape == default)
            throw new SettingsException(
                "The condition on a region does not state the shape of the images: give it, or call For(data).");
        if (shape.RequireImage("A condition on a region") != Shape)
            throw new SettingsException(
                $"The model is for images of {shape}, but it is conditioned on a region of images of {Shape}.");
    }

    /// <inheritdoc/>
    [JsonIgnore]
    public override int ImageFeatureCount => FeatureCount;
}
