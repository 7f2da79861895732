using static TorchSharp.torch;

namespace Elbo;

/// <summary>Several conditions at once: their features side by side.</summary>
public sealed record JoinedCondition : Condition
{
    /// <summary>Joins conditions.</summary>
    /// <param name="parts">At least two, none of them joined itself, and at most one of them on a region.</param>
    /// <exception cref="ConfigurationException">The parts do not go together.</exception>
    public JoinedCondition(IReadOnlyList<Condition> parts)
    {
        if (parts is null || parts.Count < 2 || parts.Any(part => part is JoinedCondition) || parts.Count(part => part is RegionCondition) > 1)
            throw new ConfigurationException("A joined condition has at least two parts, none of them joined itself, and one region at most.");
        Parts = parts;
    }

    /// <summary>The conditions that are joined.</summary>
    public IReadOnlyList<Condition> Parts { get; }

    /// <inheritdoc/>
    public override int FeatureCount(ImageShape shape) => Parts.Sum(part => part.FeatureCount(shape));

    /// <inheritdoc/>
    public override Tensor Features(Batch batch, ImageShape shape) => cat([.. Parts.Select(part => part.Features(batch, shape))], 1);

    /// <inheritdoc/>
    public override IReadOnlyList<bool>? Hidden(ImageShape shape) =>
        Parts.Select(part => part.Hidden(shape)).FirstOrDefault(hidden => hidden is not null);

    /// <inheritdoc/>
    public override void Check(ImageDataset data)
    {
        foreach (var part in Parts)
            part.Check(data);
    }

    internal override Condition FitTo(Dataset dataset) => new JoinedCondition([.. Parts.Select(part => part.FitTo(dataset))]);

    internal override void RequireComplete()
    {
        foreach (var part in Parts)
            part.RequireComplete();
    }
}
