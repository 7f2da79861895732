using System.CommandLine;
using Elbo.Studio;

namespace Elbo.Cli;

/// <summary><c>elbo train</c>: trains a model from a preset or configuration file into a new run directory.</summary>
internal sealed class TrainCommand : ExecutableCommand
{
    private readonly Argument<string> _start = StartArgument();
    private readonly IReadOnlyList<SettingOption> _settings = SettingOptions.Create();

    private readonly Option<string[]> _set = new("--set")
    {
        Description = "Any setting by its path in config.json; may be repeated, and overrides the other options.",
        HelpName = "path=value",
    };

    private readonly Option<bool> _profile = new("--profile") { Description = "Print a breakdown of the training time at the end." };
    private readonly Option<bool> _json = CommonOptions.Json();
    private readonly Option<string?> _out = new("--out")
    {
        Description = "The folder of the run; it must be new or empty; runs/PRESET-DATE-TIME by default.",
        HelpName = "DIR",
    };

    public TrainCommand()
        : base(
            "train",
            "Train a model. Ctrl-C saves a checkpoint, and 'elbo resume' continues from it.",
            "train cvae",
            "train vae --latent 2 --epochs 5 --set objective.klWeight=linear:0:1:1000",
            "train runs/cvae-1/config.json --seed 1")
    {
        Arguments.Add(_start);
        foreach (var setting in _settings)
            Options.Add(setting.Option);
        Options.Add(_set);
        Options.Add(_profile);
        Options.Add(_out);
        Options.Add(_json);
    }

    public override bool SharesWork => true;

    protected override int Execute(ParseResult parsed)
    {
        using var signals = new TerminationSignals();
        var start = parsed.GetRequiredValue(_start);
        var configuration = RunConfigurationBuilder.Apply(
            RunConfigurationBuilder.LoadBase(start), _settings, parsed, parsed.GetValue(_set) ?? []);
        while (true)
        {
            var folder = parsed.GetValue(_out) ?? NewFolder(configuration.Preset ?? Path.GetFileNameWithoutExtension(start));
            try
            {
                return Train(parsed, configuration, start, folder, signals);
            }
            catch (FolderTakenException) when (parsed.GetValue(_out) is null)
            {
                // Another training has taken the name in the same second: this one gets the next.
            }
        }
    }

    private int Train(ParseResult parsed, RunConfiguration configuration, string start, string folder, TerminationSignals signals)
    {
        using var training = new PreparedTraining(configuration, start, folder, data => data.Load(data.Source!));
        signals.ThrowIfReceived();
        Console.Error.WriteLine(
            PrintableText.Of($"Training {configuration.Preset ?? start} on {training.Dataset.Name} into {Invocation.Shorten(folder)}"));
        foreach (var note in training.Dataset.Notes)
            Console.Error.WriteLine(PrintableText.Of(note));
        if (training.LikelihoodChoice is { } choice)
            Console.Error.WriteLine($"Likelihood {choice.Likelihood}: {choice.Reason}");
        foreach (var name in training.ConstantAttributes)
        {
            Console.Error.WriteLine(PrintableText.Of(
                $"Warning: the attribute '{name}' is the same for all training examples: the model learns nothing from it."));
        }

        var result = training.Train(withTest: true, signals.Token);
        return new TrainingSummary(training.Model, result).Write(
            parsed.GetValue(_json), parsed.GetValue(_profile), signals.ExitCode);
    }

    /// <summary>The argument for the preset or configuration file to train.</summary>
    public static Argument<string> StartArgument() => new("PRESET|FILE.json")
    {
        Description = string.Join("; ", Presets.All.Select(preset => $"{preset.Name}: {preset.Summary}"))
            + "; or a configuration, such as a run's config.json",
    };

    /// <summary>Returns a folder in 'runs' that does not exist yet.</summary>
    public static string NewFolder(string name) =>
        OutputFile.FirstFree(Path.Combine("runs", $"{name}-{DateTime.Now:yyyyMMdd-HHmmss}"));
}
