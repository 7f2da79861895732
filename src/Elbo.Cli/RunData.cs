namespace Elbo.Cli;

/// <summary>A part of a run's data.</summary>
internal enum Split
{
    Test,
    Validation,
    Train,
}

/// <summary>The data that a run was trained on, or other data that it is to be used on.</summary>
internal sealed class RunData
{
    private readonly RunDirectory _directory;
    private readonly RunConfiguration _configuration;

    private RunData(Dataset dataset, RunDirectory directory, RunConfiguration configuration, bool isOwn) =>
        (Dataset, _directory, _configuration, IsOwn) = (dataset, directory, configuration, isOwn);

    public Dataset Dataset { get; }

    /// <summary>Whether it is, byte for byte, what the run was trained on.</summary>
    public bool IsOwn { get; }

    /// <summary>Loads data for a run: its own, or what <paramref name="other"/> names.</summary>
    public static RunData Load(RunDirectory directory, string? other)
    {
        var configuration = directory.ReadConfiguration();
        var source = other ?? configuration.Data.Source ?? throw new ConfigurationException(
            $"The run {directory.Folder} was trained on data that a program passed to the library: name its folder with --data DIR.");
        var record = directory.ReadRecord().Dataset;
        var dataset = other is null ? configuration.Data.Load(source) : LoadOther(source, configuration.Data, IsOwnData);
        var isOwn = IsOwnData(dataset);
        if (!isOwn && other is null)
            throw new DataException(
                $"{source} no longer holds what the run {directory.Folder} was trained on: put the original data back.");
        return new RunData(dataset, directory, configuration, isOwn);

        bool IsOwnData(Dataset data) =>
            record.TrainSha256 == data.Train.Sha256 && (record.TestSha256 ?? data.Test.Sha256) == data.Test.Sha256;
    }

    // The run's own data, moved elsewhere, comes without the attributes that were given beside it. Other data has its own, if any.
    private static Dataset LoadOther(string source, DataConfiguration data, Func<Dataset, bool> isOwn)
    {
        var dataset = DatasetCatalog.Load(source);
        if (data.Attributes is null || isOwn(dataset))
            return dataset;
        try
        {
            return data.Load(source) is var completed && isOwn(completed) ? completed : dataset;
        }
        catch (DataException)
        {
            return dataset;
        }
    }

    /// <summary>
    /// A part of the data. What was held out of the training is known only for the run's own data, and only a look at the run's own test
    /// split is counted in its record: ask for it once.
    /// </summary>
    public ImageDataset Part(Split split)
    {
        if (split == Split.Test)
        {
            if (IsOwn)
                _directory.CountTestRead();
            return Dataset.Test;
        }

        if (!IsOwn)
        {
            return split == Split.Train
                ? Dataset.Train
                : throw new ConfigurationException(
                    $"Nothing of {Dataset.Name} was held out, because the run was not trained on it: choose another --split.");
        }

        var validation = _configuration.Data.Validation ?? ValidationSplit.DefaultFor(Dataset.Train.Count);
        var (kept, held) = ValidationSplit.Split(Dataset.Train, validation, _configuration.Training.Seed);
        return split == Split.Train
            ? kept
            : held ?? throw new ConfigurationException("The run held out nothing for validation: choose --split test or train.");
    }
}
