using TorchSharp;
using static TorchSharp.torch;

namespace Elbo;

/// <summary>A condition on a label, as a one-hot vector.</summary>
public sealed record LabelCondition : Condition
{
    /// <summary>Conditions on one of <paramref name="count"/> labels.</summary>
    /// <param name="count">How many labels there are; 0 in a configuration for as many as the data has.</param>
    /// <exception cref="ConfigurationException">The count is not between 0 and 256.</exception>
    public LabelCondition(int count)
    {
        if (count is < 0 or > 256)
            throw new ConfigurationException($"A condition on {count} labels is not possible: between 1 and 256 are.");
        Count = count;
    }

    /// <summary>How many labels there are.</summary>
    public int Count { get; }

    /// <inheritdoc/>
    public override int FeatureCount(ImageShape shape) => Count;

    /// <inheritdoc/>
    public override Tensor Features(Batch batch, ImageShape shape)
    {
        ArgumentNullException.ThrowIfNull(batch);
        var labels = batch.Labels ?? throw new DataException("The model is conditioned on labels, but the data has none.");
        return nn.functional.one_hot(labels, Count).to(batch.Pixels.dtype);
    }

    /// <inheritdoc/>
    public override void Check(ImageDataset data)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (!data.HasLabels)
            throw new DataException("The model is conditioned on labels, but the data has none: choose a model without a condition.");
        if (data.LabelCount > Count)
            throw new DataException($"The data holds the label {data.LabelCount - 1}, but the model knows the labels 0 to {Count - 1} only.");
    }

    internal override Condition FitTo(Dataset dataset)
    {
        var labels = Math.Max(dataset.Train.LabelCount, dataset.Test.LabelCount);
        if (labels == 0)
            throw new DataException($"{dataset.Name} has no labels to be conditioned on: choose other --data, or train a vae.");
        if (Count == 0)
            return new LabelCondition(labels);
        return labels <= Count
            ? this
            : throw new ConfigurationException(
                $"The configuration is for the labels 0 to {Count - 1}, but {dataset.Name} has {labels} labels: "
                + "choose other --data, or start from a preset.");
    }

    internal override void RequireComplete()
    {
        if (Count == 0)
            throw new ConfigurationException("A condition on 0 labels is not possible: between 1 and 256 are.");
    }

    /// <summary>The features of given labels: one-hot rows, <c>[labels, Count]</c>.</summary>
    internal float[] FeaturesOf(IReadOnlyList<int> labels)
    {
        var features = new float[labels.Count * Count];
        for (var i = 0; i < labels.Count; i++)
        {
            if (labels[i] < 0 || labels[i] >= Count)
                throw new ConfigurationException($"There is no label {labels[i]}: this model knows the labels 0 to {Count - 1}.");
            features[i * Count + labels[i]] = 1;
        }

        return features;
    }
}
