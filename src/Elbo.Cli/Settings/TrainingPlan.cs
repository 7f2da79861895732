using System.CommandLine;

namespace Elbo.Cli;

/// <summary>What a training is told, put together from a preset or a file, the flags and the data.</summary>
internal static class TrainingPlan
{
    /// <summary>The configuration that a preset's name or a file stands for.</summary>
    public static RunConfiguration Start(string presetOrFile)
    {
        if (Presets.Names.Contains(presetOrFile))
        {
            var preset = Presets.Find(presetOrFile);
            return new RunConfiguration { Preset = preset.Name, Model = preset.Model, Objective = preset.Objective };
        }

        if (!presetOrFile.EndsWith(".json", StringComparison.OrdinalIgnoreCase))
        {
            throw new ConfigurationException(
                $"There is no preset named '{presetOrFile}': choose one of {string.Join(", ", Presets.Names)}, "
                + "or name a configuration FILE.json.");
        }

        var configuration = RunConfiguration.Read(ReadFile(presetOrFile), presetOrFile);
        if ((configuration.Model.EncoderType ?? configuration.Model.DecoderType) is { } custom)
        {
            throw new ConfigurationException(
                $"{presetOrFile} has modules of its author ({custom}) that only its author's program can build: open the run there with "
                + "Run.Load(folder, model), or train anew there with Trainer.Fit.");
        }

        return configuration;
    }

    /// <summary>Applies the flags, then every <c>--set</c>.</summary>
    public static RunConfiguration Change(
        RunConfiguration configuration, IEnumerable<SettingOption> options, ParseResult parsed, IEnumerable<string> assignments)
    {
        var editor = new ConfigurationEditor(configuration);
        foreach (var option in options.Where(option => option.IsGiven(parsed)))
        {
            var value = option.Read(parsed);
            editor.Set(option.Path, value, $"{option.Option.Name} {value}");
        }

        foreach (var assignment in assignments)
            editor.Set(assignment);
        return editor.Current;
    }

    /// <summary>Where the data comes from, as the run records it: a name, or a folder from the root on, and files likewise.</summary>
    public static DataConfiguration DataOf(RunConfiguration configuration, string presetOrFile)
    {
        var data = configuration.Data;
        var source = data.Source
            ?? throw new ConfigurationException($"{presetOrFile} does not say where its data comes from: name it with --data NAME|DIR.");
        return data with
        {
            Source = DatasetCatalog.Names.Contains(source) ? source : GivenPath.Full(source),
            Attributes = data.Attributes is { } train ? GivenPath.Full(train) : null,
            TestAttributes = data.TestAttributes is { } test ? GivenPath.Full(test) : null,
        };
    }

    /// <summary>Fills in what only the data can tell, and refuses a configuration for other data.</summary>
    public static RunConfiguration FitTo(RunConfiguration configuration, Dataset dataset)
    {
        var model = configuration.Model;
        if (model.Shape != default && model.Shape != dataset.Shape)
        {
            throw new ConfigurationException(
                $"The configuration is for images of {model.Shape}, but {dataset.Name} has images of {dataset.Shape}: "
                + "choose other --data, or start from a preset.");
        }

        return configuration with { Model = model with { Shape = dataset.Shape, Condition = model.Condition?.For(dataset) } };
    }

    private static string ReadFile(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException(
                File.Exists(path)
                    ? $"{path} cannot be read: {exception.Message}"
                    : $"There is no configuration file {path}: name one that exists.",
                exception);
        }
    }
}
