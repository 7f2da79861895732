namespace Elbo;

/// <summary>Configurations from files and of trainings, and the models of them.</summary>
public static class Configurations
{
    /// <summary>Reads the file of a configuration, such as the config.json of a run, whose parts must all be registered.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The configuration.</returns>
    /// <exception cref="SettingsException">The file is missing or is no configuration, or a setting is not possible.</exception>
    /// <exception cref="InputException">The file is of an earlier version and corrupt.</exception>
    /// <exception cref="MissingPluginException">A part of the run is registered by a plug-in that is not loaded.</exception>
    public static RunConfiguration Load(string path)
    {
        var full = GivenPath.Full(path);
        string text;
        try
        {
            text = RunFile.ReadText(full);
        }
        catch (InputException exception)
        {
            throw new SettingsException(
                File.Exists(full) ? exception.Message : $"The configuration file {path} does not exist: give an existing one.", exception);
        }

        RunPlugins.EnsureRegistered(new RunDirectory(Path.GetDirectoryName(full)!), text, path);
        return RunConfiguration.Read(text, path);
    }

    /// <summary>Creates the model with initial weights from its seed; it is the caller's to dispose.</summary>
    /// <param name="configuration">The configuration.</param>
    /// <returns>The model.</returns>
    /// <exception cref="SettingsException">
    /// The settings do not fit each other, or are those of a model of another structure: use <see cref="CreateGenerativeModel"/>.
    /// </exception>
    public static LatentVariableModel CreateModel(this RunConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var model = configuration.Model;
        return model.ModelType is { } type
            ? throw new SettingsException(
                $"The configuration is of a {type}, not of a {nameof(LatentVariableModel)}: use {nameof(CreateGenerativeModel)}.")
            : LatentVariableModel.Create(model, SeedOfWeights(configuration), configuration.Objective);
    }

    /// <summary>
    /// Creates the model with initial weights from its seed, also where it is of another structure whose type is registered
    /// (<see cref="GenerativeModels"/>); it is the caller's to dispose.
    /// </summary>
    /// <param name="configuration">The configuration.</param>
    /// <returns>The model.</returns>
    /// <exception cref="SettingsException">The settings do not fit each other, or the type of the model is not registered.</exception>
    public static GenerativeModel CreateGenerativeModel(this RunConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var model = configuration.Model;
        return model.ModelType is { } type
            ? GenerativeModels.Create(
                type,
                new ModelContext(
                    model.Shape, model.Condition, model.LatentSize, model.Standardization, SeedOfWeights(configuration)))
            : configuration.CreateModel();
    }

    /// <summary>The resolved settings of a training.</summary>
    internal static RunConfiguration Of(GenerativeModel model, TrainerOptions options, string? preset, DataConfiguration data) => new()
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

    private static ulong SeedOfWeights(RunConfiguration configuration) =>
        configuration.Model.WeightsSeed ?? configuration.Training.Seed;
}
