using static TorchSharp.torch;

namespace Elbo;

/// <summary>A condition on a vector of numbers that comes with each image (<see cref="ImageDataset.Attributes"/>), taken as it is.</summary>
public sealed record AttributesCondition : Condition
{
    private const int Most = 65_536;

    /// <summary>Conditions on <paramref name="count"/> numbers.</summary>
    /// <param name="count">How many there are; 0 in a configuration for as many as the data has.</param>
    /// <exception cref="ConfigurationException">The count is not between 0 and 65536.</exception>
    public AttributesCondition(int count)
    {
        if (count is < 0 or > Most)
            throw new ConfigurationException($"A condition on {count} attributes is not possible: between 1 and {Most} are.");
        Count = count;
    }

    /// <summary>How many numbers there are.</summary>
    public int Count { get; }

    /// <inheritdoc/>
    public override int FeatureCount(ImageShape shape) => Count;

    /// <inheritdoc/>
    public override Tensor Features(Batch batch, ImageShape shape)
    {
        ArgumentNullException.ThrowIfNull(batch);
        return batch.Attributes?.to(batch.Pixels.dtype)
            ?? throw new DataException("The model is conditioned on attributes, but the data has none.");
    }

    /// <inheritdoc/>
    public override void Check(ImageDataset data)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (data.AttributeCount != Count)
        {
            throw new DataException(
                $"The model is conditioned on {Count} attributes, but the data has {data.AttributeCount} for each image: choose other data.");
        }
    }

    internal override Condition FitTo(Dataset dataset)
    {
        var attributes = dataset.Train.AttributeCount;
        if (attributes == 0)
        {
            throw new DataException(
                $"{dataset.Name} has no attributes to be conditioned on: put {AttributeFile.TrainName} and {AttributeFile.TestName} into its "
                + "folder, or import it with --attributes.");
        }

        if (Count == 0)
            return new AttributesCondition(attributes);
        return attributes == Count
            ? this
            : throw new ConfigurationException(
                $"The configuration is for {Count} attributes, but {dataset.Name} has {attributes}: choose other --data, or start from a preset.");
    }

    internal override void RequireComplete()
    {
        if (Count == 0)
            throw new ConfigurationException($"A condition on 0 attributes is not possible: between 1 and {Most} are.");
    }
}
