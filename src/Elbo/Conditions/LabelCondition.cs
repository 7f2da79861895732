using System.Text.Json.Serialization;

namespace Elbo;

/// <summary>A condition on a label, as a one-hot vector.</summary>
public sealed record LabelCondition : Condition
{
    // As many as a layer of a network can have inputs.
    private const int MaxCount = 65_536;

    /// <summary>Conditions on one of <paramref name="count"/> labels.</summary>
    /// <param name="count">How many labels there are; 0, the default, for as many as the data has (<see cref="For"/>).</param>
    /// <exception cref="SettingsException">The count is not between 0 and 65536.</exception>
    [JsonConstructor]
    public LabelCondition(int count = 0)
    {
        if (count is < 0 or > MaxCount)
            throw Impossible(count);
        Count = count;
    }

    /// <summary>How many labels there are.</summary>
    public int Count { get; }

    /// <inheritdoc/>
    [JsonIgnore]
    public override int FeatureCount => Count;

    /// <inheritdoc/>
    public override void WriteFeatures(ExampleRows examples, Span<float> features)
    {
        if (examples.Labels.IsEmpty)
            throw new InputException("The model is conditioned on labels, but the data has none.");
        WriteOneHot(examples.Labels, features);
    }

    /// <inheritdoc/>
    public override void Check(ExampleSet data)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (!data.HasLabels)
            throw new InputException("The model is conditioned on labels, but the data has none: choose a model without a condition.");
        if (data.LabelCount > Count)
            throw new InputException(
                $"The data holds the label {data.LabelCount - 1}, but the model has only the labels 0 to {Count - 1}.");
    }

    /// <inheritdoc/>
    public override Condition For(Dataset data)
    {
        ArgumentNullException.ThrowIfNull(data);
        var labels = Math.Max(data.Train.LabelCount, data.Test.LabelCount);
        if (Count == 0)
        {
            return labels > 0 ? new LabelCondition(labels) : throw new InputException(
                $"{data.Name} has no labels to condition a model on: choose another dataset, or a model without a Condition.");
        }

        return labels <= Count ? this : throw new SettingsException(
            $"The configuration is for the labels 0 to {Count - 1}, but {data.Name} has {labels} labels: choose another dataset, or "
            + "start from a preset.");
    }

    internal static SettingsException Impossible(int count) =>
        new($"A condition on {count} labels is not possible: choose between 1 and {MaxCount}.");

    /// <inheritdoc/>
    [JsonIgnore]
    public override int? GroupCount => Count;

    /// <inheritdoc/>
    public override void WriteGroups(ExampleRows examples, Span<int> groups) => examples.Labels.CopyTo(groups);

    /// <inheritdoc/>
    public override void Validate(ValueShape shape)
    {
        if (Count == 0)
            throw new SettingsException(
                "The condition does not state the number of labels: use Condition.Label(count), or call For(data).");
    }

    /// <summary>The features of given labels: one-hot rows.</summary>
    /// <param name="labels">The labels.</param>
    /// <returns>One row for each label, <c>[labels, <see cref="Count"/>]</c>.</returns>
    public float[] FeaturesOf(ReadOnlySpan<int> labels)
    {
        var features = new float[checked(labels.Length * Count)];
        WriteOneHot(labels, features);
        return features;
    }

    private void WriteOneHot(ReadOnlySpan<int> labels, Span<float> features)
    {
        for (var i = 0; i < labels.Length; i++)
        {
            if (labels[i] < 0 || labels[i] >= Count)
                throw new SettingsException($"The label {labels[i]} does not exist: this model has the labels 0 to {Count - 1}.");
            features[i * Count + labels[i]] = 1;
        }
    }
}
