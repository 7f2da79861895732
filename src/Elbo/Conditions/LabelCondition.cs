using System.Text.Json.Serialization;

namespace Elbo;

/// <summary>
/// A condition on a label, as a one-hot vector: the labels are 0 to <see cref="Count"/> - 1, or where numbers are missing among them
/// those of <see cref="Values"/>.
/// </summary>
public sealed record LabelCondition : Condition
{
    // As many as a layer of a network can have inputs.
    private const int MaxCount = 65_536;
    private const int MaxShown = 10;

    /// <summary>Conditions on one of <paramref name="count"/> labels.</summary>
    /// <param name="count">How many labels there are; 0, the default, for as many as the data has (<see cref="For"/>).</param>
    /// <param name="values">
    /// The labels in ascending order, as many as <paramref name="count"/>; null, the default, for 0 to <paramref name="count"/> - 1.
    /// </param>
    /// <exception cref="SettingsException">
    /// The count is not between 0 and 65536, or the labels are not as many, not in ascending order, or negative.
    /// </exception>
    [JsonConstructor]
    public LabelCondition(int count = 0, IReadOnlyList<int>? values = null)
    {
        if (count is < 0 or > MaxCount)
            throw Impossible(count);
        if (values is not null && (values.Count != count || !AreAscending(values)))
        {
            throw new SettingsException(
                $"A condition on {count} labels has the labels {List(values)}: give {count} integers from 0 in ascending order.");
        }

        Count = count;
        Values = values is null || values.Count == 0 || values[^1] == count - 1 ? null : ValueList.Of(values);
    }

    /// <summary>How many labels there are.</summary>
    public int Count { get; }

    /// <summary>The labels in ascending order where they are not 0 to <see cref="Count"/> - 1; else null.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<int>? Values { get; }

    /// <summary>All labels in ascending order: the i-th is the i-th number of the one-hot vector.</summary>
    [JsonIgnore]
    public IReadOnlyList<int> Labels => Values ?? [.. Enumerable.Range(0, Count)];

    /// <inheritdoc/>
    [JsonIgnore]
    public override int FeatureCount => Count;

    /// <summary>Which of <see cref="Labels"/> a label is; -1 where it is none of them.</summary>
    /// <param name="label">The label.</param>
    /// <returns>Its position, from 0.</returns>
    public int IndexOf(int label)
    {
        if (Values is null)
            return label >= 0 && label < Count ? label : -1;
        var (low, high) = (0, Count - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            if (Values[middle] == label)
                return middle;
            (low, high) = Values[middle] < label ? (middle + 1, high) : (low, middle - 1);
        }

        return -1;
    }

    /// <inheritdoc/>
    public override void WriteFeatures(ExampleRows examples, Span<float> features)
    {
        if (examples.Labels.IsEmpty)
            throw new InputException("The model is conditioned on labels, but the data has none.");
        WriteOneHot(examples.Labels, features);
    }

    /// <summary>One-hot rows; NaN for a label that is none of <see cref="Labels"/>.</summary>
    /// <inheritdoc/>
    public override GraphValue Describe(GraphInputs inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        var labels = inputs.Graph.Constant([.. Labels.Select(label => (long)label)], 1, Count);
        var oneHot = inputs.Labels().Reshape(-1, 1).IsEqualTo(labels).To(GraphType.Float);
        // By the sum of the row, which is 1 or, for any other label, 0.
        return oneHot / oneHot.Sum(keep: true);
    }

    /// <inheritdoc/>
    public override void Check(ExampleSet data)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (!data.HasLabels)
            throw new InputException("The model is conditioned on labels, but the data has none: choose a model without a condition.");
        if (FirstOther(data) is { } other)
            throw new InputException($"The data holds the label {other}, but the model has only {Described}.");
    }

    /// <summary>
    /// The condition on the labels that the training split has, where the number is left open. One that only the test split has is
    /// refused: no training could give it a meaning.
    /// </summary>
    /// <inheritdoc/>
    public override Condition For(Dataset data)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (Count == 0)
            return OnLabelsOf(data);
        if ((FirstOther(data.Train) ?? FirstOther(data.Test)) is not { } other)
            return this;
        var found = Values is null ? $"{Math.Max(data.Train.LabelCount, data.Test.LabelCount)} labels" : $"the label {other}";
        throw new SettingsException(
            $"The configuration is for {Described}, but {data.Name} has {found}: choose another dataset, or start from a preset.");
    }

    internal static SettingsException Impossible(int count) =>
        new($"A condition on {count} labels is not possible: choose between 1 and {MaxCount}.");

    /// <inheritdoc/>
    [JsonIgnore]
    public override int? GroupCount => Count;

    /// <inheritdoc/>
    public override void WriteGroups(ExampleRows examples, Span<int> groups)
    {
        for (var i = 0; i < examples.Labels.Length; i++)
            groups[i] = Require(examples.Labels[i]);
    }

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
    /// <exception cref="SettingsException">A label is none of <see cref="Labels"/>.</exception>
    public float[] FeaturesOf(ReadOnlySpan<int> labels)
    {
        var features = new float[checked(labels.Length * Count)];
        WriteOneHot(labels, features);
        return features;
    }

    private string Described => Values is null ? $"the labels 0 to {Count - 1}" : $"the labels {List(Values)}";

    private static LabelCondition OnLabelsOf(Dataset data)
    {
        var labels = data.Train.DistinctLabels;
        if (labels.Count == 0)
        {
            throw new InputException(
                $"{data.Name} has no labels to condition a model on: choose another dataset, or a model without a Condition.");
        }

        var condition = new LabelCondition(labels.Count, labels);
        return condition.FirstOther(data.Test) is { } other
            ? throw new InputException(
                $"The test split of {data.Name} has the label {TextOf(other, data)}, which no training example has: a model that is "
                + "conditioned on labels cannot learn it. Add training examples of it, or omit those of the test split.")
            : condition;
    }

    private static bool AreAscending(IReadOnlyList<int> values) =>
        values.Index().All(each => each.Item > (each.Index == 0 ? -1 : values[each.Index - 1]));

    private static string TextOf(int label, Dataset data) =>
        data.LabelNames is { } names && label < names.Count ? $"{label} ({names[label]})" : $"{label}";

    private static string List(IReadOnlyList<int> values) =>
        string.Join(", ", values.Take(MaxShown).Select(value => $"{value}")) + (values.Count > MaxShown ? ", ..." : "");

    private int? FirstOther(ExampleSet data)
    {
        foreach (var label in data.DistinctLabels)
        {
            if (IndexOf(label) < 0)
                return label;
        }

        return null;
    }

    private void WriteOneHot(ReadOnlySpan<int> labels, Span<float> features)
    {
        for (var i = 0; i < labels.Length; i++)
            features[i * Count + Require(labels[i])] = 1;
    }

    private int Require(int label) => IndexOf(label) is >= 0 and var index
        ? index
        : throw new SettingsException($"The label {label} does not exist: this model has {Described}.");
}
