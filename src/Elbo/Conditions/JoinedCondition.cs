using System.Text.Json.Serialization;
using static TorchSharp.torch;

namespace Elbo;

/// <summary>Several conditions at once: their features side by side, those of a region first.</summary>
public sealed record JoinedCondition : Condition
{
    /// <summary>Joins conditions.</summary>
    /// <param name="parts">At least two conditions, of which at most one is a region.</param>
    /// <exception cref="SettingsException">The parts cannot be joined.</exception>
    [JsonConstructor]
    public JoinedCondition(IReadOnlyList<Condition> parts)
    {
        // JSON may lack them.
        if (parts is null || parts.Count < 2)
            throw new SettingsException("A joined condition requires at least two parts: give a single one by itself.");
        if (parts.Any(part => part is JoinedCondition))
            throw new SettingsException("A joined condition cannot be a part of another: give its parts instead.");
        if (parts.Count(part => part is RegionCondition) > 1)
            throw new SettingsException("Two regions cannot be joined: give one region that covers both, for example as a mask.");
        Parts = [.. parts.OrderBy(part => part is not RegionCondition)];
    }

    /// <summary>The conditions, a region before the others.</summary>
    public IReadOnlyList<Condition> Parts { get; }

    /// <inheritdoc/>
    [JsonIgnore]
    public override int FeatureCount => Parts.Sum(part => part.FeatureCount);

    /// <inheritdoc/>
    public override Tensor Features(Batch batch) => cat([.. Parts.Select(part => part.Features(batch))], -1);

    /// <inheritdoc/>
    public override Tensor? Target(Batch batch) => Parts[0].Target(batch);

    /// <inheritdoc/>
    public override void Check(ImageDataset data)
    {
        foreach (var part in Parts)
            part.Check(data);
    }

    /// <inheritdoc/>
    public override Condition For(Dataset data) => new JoinedCondition([.. Parts.Select(part => part.For(data))]);

    /// <inheritdoc/>
    public bool Equals(JoinedCondition? other) => other is not null && Parts.SequenceEqual(other.Parts);

    /// <inheritdoc/>
    public override int GetHashCode() => Parts.Aggregate(0, HashCode.Combine);

    internal override void Validate(ImageShape shape)
    {
        foreach (var part in Parts)
            part.Validate(shape);
    }

    internal override int TargetCount(ImageShape shape) => Parts.Min(part => part.TargetCount(shape));

    internal override Tensor OverlayVisible(Tensor images, Tensor features) => Parts[0].OverlayVisible(images, features);

    internal override int ImageFeatureCount => Parts[0].ImageFeatureCount;
}
