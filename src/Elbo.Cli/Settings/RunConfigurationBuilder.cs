using System.CommandLine;

namespace Elbo.Cli;

/// <summary>Builds the configuration of a run from a preset or file, the options and the data.</summary>
internal static class RunConfigurationBuilder
{
    /// <summary>Loads the configuration of a preset or of a configuration file.</summary>
    public static RunConfiguration LoadBase(string presetOrFile)
    {
        if (Presets.Names.Contains(presetOrFile))
        {
            var preset = Presets.Find(presetOrFile);
            return new RunConfiguration
            {
                Preset = preset.Name,
                Model = preset.Model,
                Objective = preset.Objective,
                Training = new() { FlushDenormals = true },
            };
        }

        if (!presetOrFile.EndsWith(".json", StringComparison.OrdinalIgnoreCase))
        {
            throw new SettingsException(
                $"Unknown preset '{presetOrFile}': choose one of {string.Join(", ", Presets.Names)}, "
                + "or give a configuration FILE.json.");
        }

        var configuration = Configurations.Load(presetOrFile);
        if (configuration.Model.CustomType is { } custom)
        {
            throw new SettingsException(
                $"{presetOrFile} uses custom modules ({custom}) that only the program that defines them can create: load the run there "
                + "with Run.Load(folder, model), or train there with Trainer.Fit.");
        }

        return configuration;
    }

    /// <summary>Applies the options, then every <c>--set</c>.</summary>
    public static RunConfiguration Apply(
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

    /// <summary>Resolves the source of the data as recorded in the run: a name, or absolute paths of folders and files.</summary>
    public static DataConfiguration ResolveData(RunConfiguration configuration, string presetOrFile)
    {
        var data = configuration.Data;
        var source = data.Source
            ?? throw new SettingsException($"{presetOrFile} does not specify its data: give it with --data NAME|DIR.");
        return data with
        {
            Source = Datasets.FindName(source) ?? GivenPath.Full(source),
            Attributes = data.Attributes is { } train ? GivenPath.Full(train) : null,
            TestAttributes = data.TestAttributes is { } test ? GivenPath.Full(test) : null,
        };
    }

    /// <summary>Fills in the settings that depend on the data, and rejects a configuration for values of another shape.</summary>
    public static RunConfiguration AdaptTo(RunConfiguration configuration, Dataset dataset)
    {
        var model = configuration.Model;
        if (model.Shape != default && model.Shape != dataset.Shape)
        {
            throw new SettingsException(
                $"The configuration is for values of {model.Shape}, but {dataset.Name} has values of {dataset.Shape}: "
                + "choose another dataset with --data, or start from a preset.");
        }

        return configuration with { Model = model.For(dataset) };
    }
}
