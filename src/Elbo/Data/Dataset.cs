namespace Elbo;

/// <summary>A dataset with the two splits in which it is published: one to train on, one that is only looked at in the end.</summary>
public sealed class Dataset
{
    /// <summary>Puts two splits together.</summary>
    /// <param name="name">What the dataset is called in runs and reports.</param>
    /// <param name="train">The training split.</param>
    /// <param name="test">The test split.</param>
    /// <param name="labelNames">What label 0, 1, ... stand for, if that is known.</param>
    /// <exception cref="InputException">
    /// The splits differ in shape, one has labels or attributes and the other has not, or there is a label without a name.
    /// </exception>
    public Dataset(string name, ImageDataset train, ImageDataset test, IReadOnlyList<string>? labelNames = null)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(train);
        ArgumentNullException.ThrowIfNull(test);
        if (train.Shape != test.Shape)
            throw new InputException($"The training images of {name} are {train.Shape}, but its test images {test.Shape}: make them agree.");
        if (train.HasLabels != test.HasLabels)
            throw new InputException($"Only one split of {name} has labels: give both of them labels, or neither.");
        if (train.Attributes?.Width != test.Attributes?.Width)
        {
            throw new InputException($"The training images of {name} have {train.Attributes?.Width ?? 0} attributes, but its test images "
                + $"{test.Attributes?.Width ?? 0}: make them agree.");
        }

        var labelCount = Math.Max(train.LabelCount, test.LabelCount);
        if (labelNames is not null && labelNames.Count < labelCount)
            throw new InputException($"{name} holds the label {labelCount - 1}, but has names for {labelNames.Count} labels only.");
        (Name, Train, Test, LabelNames) = (name, train, test, labelNames);
    }

    /// <summary>What the dataset is called in runs and reports.</summary>
    public string Name { get; }

    /// <summary>The training split.</summary>
    public ImageDataset Train { get; }

    /// <summary>The test split.</summary>
    public ImageDataset Test { get; }

    /// <summary>The shape of each image of both splits.</summary>
    public ImageShape Shape => Train.Shape;

    /// <summary>What label 0, 1, ... stand for; null where that is not known.</summary>
    public IReadOnlyList<string>? LabelNames { get; }

    /// <summary>The same images and labels with other attributes.</summary>
    /// <param name="train">The attributes of the training images.</param>
    /// <param name="test">The attributes of the test images.</param>
    /// <returns>The dataset.</returns>
    /// <exception cref="InputException">There is not one row for each image, or the two differ in width.</exception>
    public Dataset WithAttributes(ExampleAttributes train, ExampleAttributes test) =>
        new(Name, Train.With(train), Test.With(test), LabelNames);
}
