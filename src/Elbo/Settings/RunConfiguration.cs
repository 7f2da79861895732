using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Elbo;

/// <summary>
/// Every setting of a run, defaults too: what config.json holds, and what <c>elbo train FILE.json</c> takes. Two configurations are equal
/// if all their settings are.
/// </summary>
public sealed partial record RunConfiguration
{
    /// <summary>The schema of the configurations that this version writes.</summary>
    public const int CurrentSchema = 2;

    /// <summary>The schema of the file; 1 is that of earlier versions, with the same settings.</summary>
    public int Schema { get; init; } = CurrentSchema;

    /// <summary>The preset the run started from, for information only: all its settings are stored explicitly.</summary>
    public string? Preset { get; init; }

    /// <summary>The data, and how it is split and binarised.</summary>
    public DataConfiguration Data { get; init; } = new();

    /// <summary>The model.</summary>
    public required ModelOptions Model { get; init; }

    /// <summary>What is minimised.</summary>
    public ObjectiveOptions Objective { get; init; } = new();

    /// <summary>How it is trained.</summary>
    public TrainerOptions Training { get; init; } = new();

    /// <summary>The options of the training, with those of the data and the objective among them.</summary>
    /// <param name="directory">The folder of the run, or null for none.</param>
    /// <returns>The options.</returns>
    public TrainerOptions ToTrainerOptions(string? directory) => Training with
    {
        Validation = Data.Validation,
        Binarize = Data.Binarize,
        Objective = Objective,
        Directory = directory,
    };

    /// <summary>
    /// Rejects to resume from a checkpoint whose steps were made with other settings, where the result would be that of neither. The
    /// learning rate, the epochs (unless a schedule of the learning rate ends with them) and the objective may be changed.
    /// </summary>
    internal void EnsureResumable(RunConfiguration checkpoint, string run)
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
    /// <param name="text">The JSON.</param>
    /// <param name="source">Where it is from, for messages.</param>
    /// <returns>The configuration.</returns>
    /// <exception cref="SettingsException">It is no configuration, or a setting is not possible.</exception>
    /// <exception cref="InputException">It is of an earlier version and corrupt.</exception>
    public static RunConfiguration Read(string text, string source)
    {
        var configuration = ReadAnySchema(text, source);
        return configuration.Schema is >= 1 and <= CurrentSchema
            // Schema 1 has the same settings; what it was trained with drew its noise from other generators.
            ? configuration with { Schema = CurrentSchema }
            : throw new SettingsException(
                $"{source} has schema {configuration.Schema}, but this version of Elbo reads the schemas 1 to {CurrentSchema}.");
    }

    /// <summary>Reads a configuration from its JSON.</summary>
    /// <param name="json">The JSON, where settings may be missing.</param>
    /// <returns>The configuration.</returns>
    /// <exception cref="JsonException">A setting does not exist or has another type.</exception>
    /// <exception cref="SettingsException">A setting has a value that is not possible.</exception>
    public static RunConfiguration FromJson(JsonObject json) => Json.Deserialize<RunConfiguration>(json)!;

    /// <summary>All settings as config.json writes them.</summary>
    /// <returns>The JSON, which is the caller's to change.</returns>
    public JsonObject ToJson() => Json.ToNode(this)!.AsObject();

    /// <summary>Writes the configuration to a file atomically, as a training writes config.json.</summary>
    /// <param name="path">The file; an existing one is replaced.</param>
    /// <exception cref="SettingsException">The folder does not exist.</exception>
    /// <exception cref="EnvironmentException">The file cannot be written.</exception>
    public void Save(string path) => AtomicFile.WriteText(path, Json.Write(this));

    /// <summary>The first setting in which another configuration differs.</summary>
    /// <param name="other">The other configuration.</param>
    /// <param name="names">The settings that are compared, by their paths; a group such as <c>model</c> stands for all in it.</param>
    /// <returns>The setting, with the value here on the left; null if there is none.</returns>
    public SettingDifference? DifferenceFrom(RunConfiguration other, params IEnumerable<string> names) =>
        SettingDifference.Find(this, other, names);

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

    /// <summary>The values with their names, by the invariant culture.</summary>
    public override string ToString() => RecordText.Of(nameof(RunConfiguration), PrintMembers);
}
