namespace Elbo;

/// <summary>A dataset with the two splits in which it is published: one to train on, one that is only looked at in the end.</summary>
public sealed class Dataset
{
    /// <summary>Puts two splits together.</summary>
    /// <param name="name">What the dataset is called in runs and reports.</param>
    /// <param name="train">The training split.</param>
    /// <param name="test">The test split.</param>
    /// <param name="labelNames">
    /// What label 0, 1, ... stand for, if that is known; null for the names that the splits have. Where they number their names
    /// differently, the test split gets the numbers of the training split.
    /// </param>
    /// <exception cref="InputException">
    /// The splits differ in shape, one has labels or attributes and the other has not, there is a label without a name, or the test split
    /// has one whose name the training split does not know.
    /// </exception>
    public Dataset(string name, ExampleSet train, ExampleSet test, IReadOnlyList<string>? labelNames = null)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(train);
        ArgumentNullException.ThrowIfNull(test);
        if (train.Shape != test.Shape)
            throw new InputException(
                $"The training examples of {name} are {train.Shape}, but its test examples {test.Shape}: make them agree.");
        if (train.HasLabels != test.HasLabels)
            throw new InputException($"Only one split of {name} has labels: give both of them labels, or neither.");
        if (train.Attributes?.Shape != test.Attributes?.Shape)
        {
            throw new InputException($"The training examples of {name} have {train.Attributes?.Shape.Size ?? 0} attributes, but its test "
                + $"examples {test.Attributes?.Shape.Size ?? 0}: make them agree.");
        }

        var labelCount = Math.Max(train.LabelCount, test.LabelCount);
        if (labelNames is not null && labelNames.Count < labelCount)
            throw new InputException($"{name} holds the label {labelCount - 1}, but has names for {labelNames.Count} labels only.");
        (Name, LabelNames) = (name, labelNames ?? train.LabelNames ?? test.LabelNames);
        if (labelNames is null && train.LabelNames is { } known && test.LabelNames is { } own)
            test = LabelMap.ToNumbersOf(test, own, known, $"The test split of {name}");
        (Train, Test) = (Named(train), Named(test));
    }

    /// <summary>Loads the dataset in a folder, which is named after the folder, or after what it is known as.</summary>
    /// <param name="folder">
    /// A folder with four IDX files in the layout of MNIST, raw or gzipped; or with <c>train.npy</c> and <c>test.npy</c>, rows
    /// <c>[count, width]</c> or <c>[count]</c>, or images as <see cref="ImageDataset.FromNpy"/> takes them, with labels in
    /// <c>train-labels.npy</c> and <c>test-labels.npy</c>; or with <c>train.csv</c> and <c>test.csv</c>, where a column <c>label</c> has
    /// the labels. Names of labels, one a line in <c>labels.txt</c>, and attributes, <c>train-attributes.npy</c> and
    /// <c>test-attributes.npy</c> with their names in <c>attributes.txt</c>, are optional. An imported folder has the names of the files
    /// that its examples were, in <c>examples.csv</c> (<see cref="ExampleSet.FileNames"/>).
    /// </param>
    /// <returns>The dataset.</returns>
    /// <exception cref="InputException">A file is missing, corrupt or misnamed, or the files do not match each other.</exception>
    public static Dataset FromFolder(string folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        return TableFolder.Exists(folder) && IdxParts.All.All(part => part.Find(folder) is null)
            ? TableFolder.Load(folder)
            : IdxFolder.Load(folder);
    }

    /// <summary>Examples without a test split, in the place of both.</summary>
    internal static Dataset Of(ExampleSet data)
    {
        ArgumentNullException.ThrowIfNull(data);
        return new Dataset("the data", data, data);
    }

    /// <summary>What the dataset is called in runs and reports.</summary>
    public string Name { get; }

    /// <summary>The training split.</summary>
    public ExampleSet Train { get; }

    /// <summary>The test split.</summary>
    public ExampleSet Test { get; }

    /// <summary>The shape of each value of both splits.</summary>
    public ValueShape Shape => Train.Shape;

    /// <summary>What label 0, 1, ... stand for; null where that is not known.</summary>
    public IReadOnlyList<string>? LabelNames { get; }

    /// <summary>
    /// The same examples with the numbers that other data, such as that of a training, gives to the names of their labels. A dataset whose
    /// labels have no names stays as it is: its labels are compared by number.
    /// </summary>
    /// <param name="names">What label 0, 1, ... of the other data stand for.</param>
    /// <param name="allowOthers">Whether labels with other names are possible: they get the numbers after those of the names.</param>
    /// <returns>The dataset; values are not copied.</returns>
    /// <exception cref="InputException">An example has a label with another name, and such labels are not allowed.</exception>
    public Dataset WithLabelsOf(IReadOnlyList<string> names, bool allowOthers = false)
    {
        ArgumentNullException.ThrowIfNull(names);
        if (LabelNames is not { } own || !Train.HasLabels || own.SequenceEqual(names))
            return this;
        if (allowOthers)
            names = LabelMap.Extend(LabelMap.Extend(names, Train, own), Test, own);
        return new Dataset(Name, LabelMap.ToNumbersOf(Train, own, names, Name), LabelMap.ToNumbersOf(Test, own, names, Name), names)
        {
            Notes = Notes,
        };
    }

    // A training is given the splits, not the dataset.
    private ExampleSet Named(ExampleSet split) =>
        LabelNames is null || !split.HasLabels || split.LabelNames is not null ? split : split.WithLabels(split.Labels, LabelNames);

    /// <summary>
    /// What was noticed when the files were read, one sentence each: a column that was left out as an index, columns that are constant.
    /// </summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>The same examples with the names of their files.</summary>
    internal Dataset WithFileNames(IReadOnlyList<string> train, IReadOnlyList<string> test) =>
        new(Name, Train.WithFileNames(train), Test.WithFileNames(test), LabelNames) { Notes = Notes };

    /// <summary>The same examples with other attributes.</summary>
    /// <param name="train">The attributes of the training examples, in their order.</param>
    /// <param name="test">The attributes of the test examples, in their order.</param>
    /// <returns>The dataset.</returns>
    /// <exception cref="InputException">There is not one row for each example, or the two differ in shape.</exception>
    public Dataset WithAttributes(ExampleSet train, ExampleSet test) =>
        new(Name, Train.WithAttributes(train), Test.WithAttributes(test), LabelNames) { Notes = Notes };
}
