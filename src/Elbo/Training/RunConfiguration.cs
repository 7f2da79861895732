namespace Elbo;

/// <summary>Every setting of a run, defaults too: what config.json holds, and what <c>elbo train FILE.json</c> takes.</summary>
internal sealed record RunConfiguration
{
    public const int CurrentSchema = 1;

    public int Schema { get; init; } = CurrentSchema;

    /// <summary>The preset the run started from, for information: every setting it stood for is written out below.</summary>
    public string? Preset { get; init; }

    public DataConfiguration Data { get; init; } = new();

    public required ModelOptions Model { get; init; }

    public ObjectiveOptions Objective { get; init; } = new();

    public TrainingConfiguration Training { get; init; } = new();

    /// <summary>The resolved settings of a training.</summary>
    public static RunConfiguration From(LatentVariableModel model, TrainerOptions options, string? preset, DataConfiguration data, string? startFrom, int threads) => new()
    {
        Preset = preset,
        Data = data with { Validation = options.Validation, Binarize = options.Binarize },
        // Written only where it is another: then a configuration trained with another seed also starts from other weights.
        Model = model.Options with
        {
            WeightsSeed = model.Options.WeightsSeed == options.Seed ? null : model.Options.WeightsSeed,
        },
        Objective = options.Objective ?? model.DefaultObjective,
        Training = new TrainingConfiguration
        {
            Epochs = options.Epochs,
            BatchSize = options.BatchSize,
            LearningRate = options.LearningRate,
            LearningRateSchedule = options.LearningRateSchedule,
            Averaging = options.Averaging,
            Seed = options.Seed,
            Threads = threads,
            Device = options.Device,
            CheckpointEvery = options.CheckpointEvery,
            StartFrom = startFrom,
        },
    };

    public TrainerOptions ToTrainerOptions(string? directory) => new()
    {
        Epochs = Training.Epochs,
        BatchSize = Training.BatchSize,
        LearningRate = Training.LearningRate,
        LearningRateSchedule = Training.LearningRateSchedule,
        Averaging = Training.Averaging,
        Seed = Training.Seed,
        Device = Training.Device,
        CheckpointEvery = Training.CheckpointEvery,
        Validation = Data.Validation,
        Binarize = Data.Binarize,
        Objective = Objective,
        Directory = directory,
    };

    /// <summary>The model with the weights that its seed stands for.</summary>
    public LatentVariableModel CreateModel() => LatentVariableModel.Create(Model, Model.WeightsSeed ?? Training.Seed, Objective);

    /// <summary>
    /// Refuses to go on from a checkpoint whose steps were made with other settings, where the result would be that of neither. The
    /// learning rate, the epochs and the objective may be changed on the way.
    /// </summary>
    public void RequireSameCourse(RunConfiguration checkpoint, string run)
    {
        string[] fixedSettings = ["training.seed", "training.batchSize", "training.averaging", "data.validation", "data.binarize", "model"];
        if (SettingDifference.Find(checkpoint, this, fixedSettings) is { } found)
        {
            throw new ConfigurationException(
                $"The run {run} cannot go on with {found.Name} {found.Right}, because its checkpoint was made with {found.Left}: put that "
                + "back into config.json, or train a new run.");
        }
    }

    /// <summary>Reads a configuration and refuses one from another version of Elbo.</summary>
    public static RunConfiguration Read(string text, string source)
    {
        var configuration = Json.Read<RunConfiguration>(text, source);
        return configuration.Schema == CurrentSchema
            ? configuration
            : throw new ConfigurationException(
                $"{source} has schema {configuration.Schema}, but this version of Elbo reads schema {CurrentSchema}.");
    }
}

/// <summary>The part of a configuration about data.</summary>
internal sealed record DataConfiguration
{
    /// <summary>A known dataset's name or a folder; null for data that a program passed to the library.</summary>
    public string? Source { get; init; } = "mnist";

    public int? Validation { get; init; }

    public Binarization Binarize { get; init; }

    /// <summary>A file with attributes of the training images, in place of those of the dataset's folder.</summary>
    public string? Attributes { get; init; }

    /// <summary>The same for the test images.</summary>
    public string? TestAttributes { get; init; }

    /// <summary>The columns of both that are taken; null for all.</summary>
    public IReadOnlyList<string>? AttributeColumns { get; init; }

    /// <summary>Loads the data, from another source where one is named.</summary>
    /// <exception cref="DataException">The data is missing or corrupt, or the attributes do not fit it.</exception>
    /// <exception cref="ConfigurationException">The files of attributes are not complete.</exception>
    public Dataset Load(string source)
    {
        var dataset = DatasetCatalog.Load(source);
        if (Attributes is null && TestAttributes is null)
        {
            return AttributeColumns is null ? dataset : throw new ConfigurationException(
                "Columns of attributes were named, but no files of attributes: give them with --attributes and --test-attributes.");
        }

        if (Attributes is null || TestAttributes is null)
        {
            throw new ConfigurationException(
                $"Attributes were given for the {(Attributes is null ? "test" : "training")} images alone: give both --attributes and "
                + "--test-attributes.");
        }

        return dataset.WithAttributes(
            AttributeFile.Read(Attributes, AttributeColumns, dataset.Train.Count),
            AttributeFile.Read(TestAttributes, AttributeColumns, dataset.Test.Count));
    }
}

/// <summary>The part of a configuration about the training itself.</summary>
internal sealed record TrainingConfiguration
{
    public int Epochs { get; init; } = new TrainerOptions().Epochs;

    public int BatchSize { get; init; } = new TrainerOptions().BatchSize;

    public double LearningRate { get; init; } = new TrainerOptions().LearningRate;

    public string LearningRateSchedule { get; init; } = new TrainerOptions().LearningRateSchedule;

    /// <summary>The decay of the average of the weights; 0 for none.</summary>
    public double Averaging { get; init; }

    public ulong Seed { get; init; }

    /// <summary>Threads of libtorch; results are equal bit for bit only at equal counts. 0 for as many as the machine has cores.</summary>
    public int Threads { get; init; }

    public string Device { get; init; } = new TrainerOptions().Device;

    public int CheckpointEvery { get; init; }

    /// <summary>The folder of a run of the same model whose best weights are the first ones of this training; null for weights drawn anew.</summary>
    public string? StartFrom { get; init; }
}
