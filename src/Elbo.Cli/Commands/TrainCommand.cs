using System.CommandLine;

namespace Elbo.Cli;

/// <summary><c>elbo train</c>: a model of the family from a preset or a file, in a new run directory.</summary>
internal sealed class TrainCommand : Verb
{
    private readonly Argument<string> _start = StartArgument();
    private readonly IReadOnlyList<SettingOption> _settings = SettingOptions.Create();

    private readonly Option<string[]> _set = new("--set")
    {
        Description = "Any setting by its path in config.json; may be given again, and counts last.",
        HelpName = "path=value",
    };

    private readonly Option<bool> _profile = new("--profile") { Description = "Print at the end where the time went." };
    private readonly Option<bool> _json = CommonOptions.Json();
    private readonly Option<string?> _out = new("--out")
    {
        Description = "The folder of the run, new or empty; runs/PRESET-DATE-TIME by default.",
        HelpName = "DIR",
    };

    public TrainCommand()
        : base(
            "train",
            "Train a model. Ctrl-C saves a checkpoint, and 'elbo resume' goes on from it.",
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

    protected override int Execute(ParseResult parsed)
    {
        using var signals = new TerminationSignals();
        var start = parsed.GetRequiredValue(_start);
        var configuration = TrainingPlan.Change(TrainingPlan.Start(start), _settings, parsed, parsed.GetValue(_set) ?? []);
        var folder = parsed.GetValue(_out) ?? NewFolder(configuration.Preset ?? Path.GetFileNameWithoutExtension(start));
        using var training = new PreparedTraining(configuration, start, folder, data => data.Load(data.Source!));
        signals.ThrowIfReceived();
        Console.Error.WriteLine(
            $"Training {configuration.Preset ?? start} on {training.Dataset.Name} into {Invocation.Shorten(folder)}");
        var result = training.Train(withTest: true, signals.Token);
        return new TrainingSummary(training.Model, result, training.Options.Epochs).Write(
            parsed.GetValue(_json), parsed.GetValue(_profile), signals.ExitCode);
    }

    /// <summary>What a training starts from.</summary>
    public static Argument<string> StartArgument() => new("PRESET|FILE.json")
    {
        Description = string.Join("; ", Presets.All.Select(preset => $"{preset.Name}: {preset.Summary}"))
            + "; or a configuration, such as a run's config.json",
    };

    /// <summary>A folder below runs that does not exist yet.</summary>
    public static string NewFolder(string name) =>
        OutputFile.FirstFree(Path.Combine("runs", $"{name}-{DateTime.Now:yyyyMMdd-HHmmss}"));
}
