using Elbo.Studio;

namespace Elbo.Cli;

/// <summary>The data that a run was trained on, or other data to apply its model to.</summary>
internal sealed class RunData
{
    private readonly RunDirectory _directory;
    private readonly RunConfiguration _configuration;

    private RunData(Dataset dataset, RunDirectory directory, RunConfiguration configuration, bool isOriginal) =>
        (Dataset, _directory, _configuration, IsOriginal) = (dataset, directory, configuration, isOriginal);

    public Dataset Dataset { get; }

    /// <summary>Whether the data is identical, byte for byte, to the data the run was trained on.</summary>
    public bool IsOriginal { get; }

    /// <summary>Loads the data of a run, or the dataset that <paramref name="other"/> names.</summary>
    public static RunData Load(RunDirectory directory, string? other)
    {
        var configuration = directory.ReadConfiguration();
        if (other is null && configuration.Data.Source is null)
        {
            throw new SettingsException(
                $"The run {directory.Folder} was trained on data passed to the library by a program: give its folder with --data DIR.");
        }

        var record = directory.ReadRecord().Dataset;
        if (other is null)
        {
            var own = directory.LoadData();
            return new RunData(own, directory, configuration, record.IsOf(own));
        }

        var dataset = LoadOther(other, configuration.Data, record.IsOf);
        // Labels have the numbers of the training, by their names; only a model that is conditioned on them cannot take others.
        var named = record.LabelNames is { } names
            ? dataset.WithLabelsOf(names, allowOthers: !RunLabels.Enter(configuration.Model.Condition))
            : dataset;
        return new RunData(named, directory, configuration, record.IsOf(dataset) && record.IsOf(named));
    }

    // The original data, if moved, lacks the attributes that were given in separate files. Other data has its own attributes, if any.
    private static Dataset LoadOther(string source, DataConfiguration data, Func<Dataset, bool> isOriginal)
    {
        var dataset = Datasets.Load(source);
        if (data.Attributes is null || isOriginal(dataset))
            return dataset;
        try
        {
            return data.Load(source) is var completed && isOriginal(completed) ? completed : dataset;
        }
        catch (InputException)
        {
            return dataset;
        }
    }

    /// <summary>Returns a split of the data for a model.</summary>
    /// <exception cref="InputException">Its values do not fit the model.</exception>
    public ExampleSet GetSplit(Split split, GenerativeModel model)
    {
        var examples = GetSplit(split);
        return model.FindMisfit(examples) is { } misfit ? throw new InputException(misfit) : examples;
    }

    /// <summary>Returns a split in the order of the data as given, for outputs with a row for each example.</summary>
    /// <exception cref="InputException">Its values do not fit the model.</exception>
    public ExampleSet GetRows(Split split, GenerativeModel model)
    {
        var examples = GetSplit(split, model);
        int[] order = [.. Enumerable.Range(0, examples.Count)];
        // A training takes a split in an order of its own.
        Array.Sort(examples.Indices.ToArray(), order);
        return examples.Subset(order);
    }

    /// <summary>
    /// Returns a split of the data, in the order in which a training takes it. The validation split is known only for the original data,
    /// and only reads of the original test split are counted in the run's record: call this once per command.
    /// </summary>
    public ExampleSet GetSplit(Split split)
    {
        if (split == Split.Test)
        {
            if (IsOriginal && SharedWork.Group.Rank == 0)
                CountTestRead();
            return Dataset.Test;
        }

        if (!IsOriginal)
        {
            return split == Split.Train
                ? Dataset.Train
                : throw new SettingsException(
                    $"{Dataset.Name} has no validation split, because the run was not trained on it: choose another --split.");
        }

        var validation = _configuration.Data.Validation ?? ValidationSplit.DefaultFor(Dataset.Train.Count);
        var (kept, held) = ValidationSplit.Split(Dataset.Train, validation, _configuration.Training.Seed);
        return split == Split.Train
            ? kept
            : held ?? throw new SettingsException("The run has no validation split: choose --split test or train.");
    }

    // A run that cannot be changed, on a read-only disk or of another user, can still be used.
    private void CountTestRead()
    {
        try
        {
            _directory.CountTestRead();
        }
        catch (EnvironmentException exception)
        {
            Console.Error.WriteLine(
                PrintableText.Of($"Note: the run does not count this read of its test split: {exception.Message}"));
        }
    }
}
