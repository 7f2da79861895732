using System.Text.RegularExpressions;

namespace Elbo;

/// <summary>Every setting of a run, defaults too: what config.json holds, and what <c>elbo train FILE.json</c> takes.</summary>
internal sealed partial record RunConfiguration
{
    public const int CurrentSchema = 2;

    public int Schema { get; init; } = CurrentSchema;

    /// <summary>The preset the run started from, for information only: all its settings are stored explicitly.</summary>
    public string? Preset { get; init; }

    public DataConfiguration Data { get; init; } = new();

    public required ModelOptions Model { get; init; }

    public ObjectiveOptions Objective { get; init; } = new();

    public TrainerOptions Training { get; init; } = new();

    /// <summary>The resolved settings of a training.</summary>
    public static RunConfiguration From(GenerativeModel model, TrainerOptions options, string? preset, DataConfiguration data) => new()
    {
        Preset = preset,
        Data = data with { Validation = options.Validation, Binarize = options.Binarize ?? Binarization.None },
        // Stored only if it differs from the training's seed, so that a configuration with another seed also gets other weights.
        Model = model.Settings with
        {
            WeightsSeed = model.Settings.WeightsSeed == options.Seed ? null : model.Settings.WeightsSeed,
        },
        Objective = options.Objective ?? model.DefaultObjective,
        Training = options,
    };

    public TrainerOptions ToTrainerOptions(string? directory) => Training with
    {
        Validation = Data.Validation,
        Binarize = Data.Binarize,
        Objective = Objective,
        Directory = directory,
    };

    /// <summary>The model with initial weights from its seed.</summary>
    public LatentVariableModel CreateModel() => LatentVariableModel.Create(Model, Model.WeightsSeed ?? Training.Seed, Objective);

    /// <summary>
    /// Rejects to resume from a checkpoint whose steps were made with other settings, where the result would be that of neither. The
    /// learning rate, the epochs (unless a schedule of the learning rate ends with them) and the objective may be changed.
    /// </summary>
    public void EnsureResumable(RunConfiguration checkpoint, string run)
    {
        string[] fixedSettings =
        [
            "training.seed", "training.batchSize", "training.averaging", "training.learningRateSchedule", "data.validation",
            "data.binarize", "model",
        ];
        if (SettingDifference.Find(checkpoint, this, fixedSettings) is { } found)
        {
            throw new SettingsException(
                $"The run {run} cannot resume with {found.Name} {found.Right}, because its checkpoint was made with {found.Left}: restore "
                + "that in config.json, or train a new run.");
        }

        if (Training.LearningRateSchedule != LearningRateSchedules.Constant && Training.Epochs != checkpoint.Training.Epochs)
        {
            throw new SettingsException(
                $"The learning rate of the run {run} falls along its schedule '{Training.LearningRateSchedule}' to the end of epoch "
                + $"{checkpoint.Training.Epochs}, so the run cannot resume to {Training.Epochs} epochs: begin a new run with StartFrom set "
                + "to this one, and a schedule of its own.");
        }
    }

    /// <summary>Reads a configuration; one of an earlier schema is migrated.</summary>
    public static RunConfiguration Read(string text, string source)
    {
        var configuration = ReadAnySchema(text, source);
        return configuration.Schema is >= 1 and <= CurrentSchema
            // Schema 1 has the same settings; what it was trained with drew its noise from other generators.
            ? configuration with { Schema = CurrentSchema }
            : throw new SettingsException(
                $"{source} has schema {configuration.Schema}, but this version of Elbo reads the schemas 1 to {CurrentSchema}.");
    }

    private static RunConfiguration ReadAnySchema(string text, string source)
    {
        try
        {
            return Json.Read<RunConfiguration>(text, source);
        }
        catch (SettingsException exception) when (FormerSchema().IsMatch(text))
        {
            // Only Elbo wrote files of an earlier schema, so one that cannot be read is corrupt.
            throw new InputException($"{exception.Message} It was written by an earlier version of Elbo, and is corrupt.", exception);
        }
    }

    [GeneratedRegex(@"""schema""\s*:\s*1\b")]
    private static partial Regex FormerSchema();
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
    public IReadOnlyList<string>? AttributeColumns { get; init => field = value is null ? null : ValueList.Of(value); }

    /// <summary>Loads the data, from another source where one is named.</summary>
    /// <exception cref="InputException">The data is missing or corrupt, or the attributes do not fit it.</exception>
    /// <exception cref="SettingsException">The files of attributes are not complete.</exception>
    public Dataset Load(string source)
    {
        var dataset = Datasets.Load(source);
        if (Attributes is null && TestAttributes is null)
        {
            return AttributeColumns is null ? dataset : throw new SettingsException(
                "Columns of attributes were named, but no files of attributes: give them as Attributes and TestAttributes.");
        }

        if (Attributes is null || TestAttributes is null)
        {
            throw new SettingsException(
                $"Attributes were given for the {(Attributes is null ? "test" : "training")} images alone: give both Attributes and "
                + "TestAttributes.");
        }

        return dataset.WithAttributes(
            AttributeFile.Read(Attributes, AttributeColumns, dataset.Train.Count),
            AttributeFile.Read(TestAttributes, AttributeColumns, dataset.Test.Count));
    }
}
