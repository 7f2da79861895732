using System.CommandLine;

namespace Elbo.Cli;

/// <summary><c>elbo sweep</c>: trains for several values of settings and compares the results on one page.</summary>
internal sealed class SweepCommand : ExecutableCommand
{
    private const int DefaultPatience = 60;

    private readonly Argument<string> _start = TrainCommand.StartArgument();
    private readonly IReadOnlyList<SettingOption> _settings = SettingOptions.Create();

    private readonly Option<string[]> _set = new("--set")
    {
        Description = "A setting by its path in config.json. Without --grid, exactly one setting has several comma-separated values; a "
            + "value that is a list is written in brackets, as in model.network.hidden=[400],[400,200].",
        HelpName = "path=a,b,c",
    };

    private readonly Option<string[]> _grid = new("--grid")
    {
        Description = "Several settings, each with its values, every combination of which is trained: objective.klWeight=0.5,1,2,"
            + "training.seed=1,2, or --grid once for each. A value that looks like path= is written in quotation marks.",
        HelpName = "path=a,b,path=c,d",
    };

    private readonly Option<int?> _random = CommonOptions.Integer(
        "--random",
        "Instead of every combination of --grid, train N that are drawn from it with the seed of the training. Then a setting may have a "
            + "range: 0.5..4, or log:1e-4..1e-2 with a density that is uniform in the logarithm; between integers integers are drawn.",
        maximum: SweepPlan.MaxRuns);

    private readonly Option<bool> _worker = new("--worker")
    {
        Description = "Be one of any number of workers, started with the same command on machines that share the folder of --out: each run "
            + "is trained by one of them, and continued by another where its worker ends.",
    };

    private readonly Option<int?> _abandonedAfter = CommonOptions.Integer(
        "--abandoned-after",
        $"Seconds after which a worker takes over the run of another from which it sees no sign of life ({DefaultPatience} by default; the "
            + "same for all workers).",
        maximum: 86_400);

    private readonly Option<bool> _json = CommonOptions.Json();
    private readonly Option<string?> _out = new("--out")
    {
        Description = "The folder of the sweep: new, empty, or the folder of the same sweep to resume; "
            + "runs/sweep-PRESET-DATE-TIME by default.",
        HelpName = "DIR",
    };

    public SweepCommand()
        : base(
            "sweep",
            "Train for several values of one or more settings, and write a page with a table, a rate-distortion plot and samples. The "
            + "runs are compared on the validation split, and the test split is not read; with --validation 0 it is read once per run. "
            + "Ctrl-C saves a checkpoint, and the same command with the same --out resumes the sweep.",
            "sweep vae --set model.network.hidden=[400],[400,200] --latent 8 --out runs/widths",
            "sweep vae --grid training.learningRate=log:1e-4..1e-2,model.latentSize=2..50 --random 20 --worker --out /shared/search",
            "sweep beta-vae --set objective.klWeight=0.1,0.5,1,2,4,8 --epochs 5 --out runs/beta")
    {
        Arguments.Add(_start);
        foreach (var setting in _settings)
            Options.Add(setting.Option);
        Options.Add(_set);
        Options.Add(_grid);
        Options.Add(_random);
        Options.Add(_worker);
        Options.Add(_abandonedAfter);
        Options.Add(_out);
        Options.Add(_json);
    }

    protected override int Execute(ParseResult parsed)
    {
        using var signals = new TerminationSignals();
        var start = parsed.GetRequiredValue(_start);
        var swept = SweptSettings.Read(parsed.GetValue(_set) ?? [], parsed.GetValue(_grid) ?? [], parsed.GetValue(_random));
        var given = parsed.GetValue(_out);
        if (parsed.GetValue(_worker) && given is null)
            throw new SettingsException("--worker needs the folder that the workers share: give it with --out.");
        var baseConfiguration = RunConfigurationBuilder.LoadBase(start);
        var plan = swept.ToPlan(assignments => RunConfigurationBuilder.Apply(baseConfiguration, _settings, parsed, assignments));
        var name = baseConfiguration.Preset ?? Path.GetFileNameWithoutExtension(start);
        var folder = new SweepFolder(given ?? TrainCommand.NewFolder($"sweep-{name}"), plan);
        var trainings = new SweepTrainings(start);
        ISweep sweep = parsed.GetValue(_worker)
            ? new SweepWorker(plan, folder, trainings, TimeSpan.FromSeconds(parsed.GetValue(_abandonedAfter) ?? DefaultPatience))
            : new Sweep(plan, folder, trainings);
        sweep.Check(signals);
        using var occupied = sweep.Begin();
        var report = new SweepReport(folder, plan, $"{name} on {trainings.DataName} by {plan.Phrase}");
        if (!sweep.Run(report, signals))
        {
            Console.Error.WriteLine($"Stopped; all completed work is saved. Resume with:  {ResumeCommandLine(given, folder)}");
            return signals.ExitCode;
        }

        if (parsed.GetValue(_json))
            SweepOutput.WriteJson(plan, folder, report);
        else
            SweepOutput.WriteText(plan, report);
        return report.Rows.Any(row => row.Metrics is null) ? ExitCodes.NotFinite : ExitCodes.Done;
    }

    private static string ResumeCommandLine(string? given, SweepFolder folder)
    {
        var arguments = Invocation.RecordedCommandLine.Skip(1);
        return Invocation.Command(given is null ? [.. arguments, "--out", Invocation.Shorten(folder.Path)] : [.. arguments]);
    }
}
