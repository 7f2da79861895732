using System.Text.Json.Serialization;

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
        Parts = ValueList.Of([.. parts.OrderBy(part => part is not RegionCondition)]);
    }

    /// <summary>The conditions, a region before the others.</summary>
    public IReadOnlyList<Condition> Parts { get; }

    /// <inheritdoc/>
    [JsonIgnore]
    public override int FeatureCount => Parts.Sum(part => part.FeatureCount);

    /// <inheritdoc/>
    public override void WriteFeatures(ExampleRows examples, Span<float> features)
    {
        var start = 0;
        foreach (var part in Parts)
        {
            var own = new float[examples.Count * part.FeatureCount];
            part.WriteFeatures(examples, own);
            for (var row = 0; row < examples.Count; row++)
            {
                own.AsSpan(row * part.FeatureCount, part.FeatureCount)
                    .CopyTo(features[(row * FeatureCount + start)..]);
            }

            start += part.FeatureCount;
        }
    }

    /// <inheritdoc/>
    public override GraphValue Describe(GraphInputs inputs) =>
        Parts.Skip(1).Aggregate(Parts[0].Describe(inputs), (features, part) => features.Beside(part.Describe(inputs)));

    /// <inheritdoc/>
    [JsonIgnore]
    public override IReadOnlyList<float>? Target => Parts[0].Target;

    /// <inheritdoc/>
    public override void Check(ExampleSet data)
    {
        foreach (var part in Parts)
            part.Check(data);
    }

    /// <inheritdoc/>
    public override Condition For(Dataset data) => new JoinedCondition([.. Parts.Select(part => part.For(data))]);

    /// <inheritdoc/>
    public override void Validate(ValueShape shape)
    {
        foreach (var part in Parts)
            part.Validate(shape);
    }

    /// <inheritdoc/>
    [JsonIgnore]
    public override int ImageFeatureCount => Parts[0].ImageFeatureCount;
}
