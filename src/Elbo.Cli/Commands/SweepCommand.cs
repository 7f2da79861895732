using System.CommandLine;

namespace Elbo.Cli;

/// <summary><c>elbo sweep</c>: trains once per value of a setting and compares the results on one page.</summary>
internal sealed class SweepCommand : ExecutableCommand
{
    private readonly Argument<string> _start = TrainCommand.StartArgument();
    private readonly IReadOnlyList<SettingOption> _settings = SettingOptions.Create();

    private readonly Option<string[]> _set = new("--set")
    {
        Description = "A setting by its path in config.json. Exactly one setting has several comma-separated values; a value that is a "
            + "list is written in brackets, as in model.network.hidden=[400],[400,200].",
        HelpName = "path=a,b,c",
    };

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
            "Train once for each of several values of a setting, and write a page with a table, a rate-distortion plot and samples. The "
            + "runs are compared on the validation split, and the test split is not read; with --validation 0 it is read once per run. "
            + "Ctrl-C saves a checkpoint, and the same command with the same --out resumes the sweep.",
            "sweep vae --set model.network.hidden=[400],[400,200] --latent 8 --out runs/widths",
            "sweep beta-vae --set objective.klWeight=0.1,0.5,1,2,4,8 --epochs 5 --out runs/beta")
    {
        Arguments.Add(_start);
        foreach (var setting in _settings)
            Options.Add(setting.Option);
        Options.Add(_set);
        Options.Add(_out);
        Options.Add(_json);
    }

    protected override int Execute(ParseResult parsed)
    {
        using var signals = new TerminationSignals();
        var start = parsed.GetRequiredValue(_start);
        var assignments = parsed.GetValue(_set) ?? [];
        var swept = SweptSetting.Find(assignments);
        var baseConfiguration = RunConfigurationBuilder.LoadBase(start);
        var plan = SweepPlan.Create(
            swept, value => RunConfigurationBuilder.Apply(baseConfiguration, _settings, parsed, swept.With(value, assignments)));
        var name = baseConfiguration.Preset ?? Path.GetFileNameWithoutExtension(start);
        var given = parsed.GetValue(_out);
        var folder = new SweepFolder(given ?? TrainCommand.NewFolder($"sweep-{name}"), plan);
        var sweep = new Sweep(plan, folder, start);
        sweep.Check(signals);
        using var sweepLock = folder.Begin();
        var report = new SweepReport(folder, plan, $"{name} on {sweep.DataName} by {plan.Setting}");
        if (!sweep.Run(report, signals))
        {
            Console.Error.WriteLine($"Stopped; all completed work is saved. Resume with:  {ResumeCommandLine(given, folder)}");
            return signals.ExitCode;
        }

        Write(plan, folder, report, parsed.GetValue(_json));
        return report.Rows.Any(row => row.Metrics is null) ? ExitCodes.NotFinite : ExitCodes.Done;
    }

    private static string ResumeCommandLine(string? given, SweepFolder folder)
    {
        var arguments = Invocation.RecordedCommandLine.Skip(1);
        return Invocation.Command(given is null ? [.. arguments, "--out", Invocation.Shorten(folder.Path)] : [.. arguments]);
    }

    private static void Write(SweepPlan plan, SweepFolder folder, SweepReport report, bool asJson)
    {
        if (asJson)
        {
            JsonOutput.Write(new
            {
                folder = folder.Path,
                setting = plan.Setting,
                values = report.Rows.Select(row => new
                {
                    row.Value,
                    run = Path.Combine(folder.Path, row.Run),
                    state = row.Metrics is null ? "failed" : "finished",
                    split = row.Metrics?.Split,
                    epoch = row.Metrics?.Epoch,
                    negativeElbo = row.NegativeElbo,
                    reconstruction = row.Metrics?.Reconstruction,
                    kl = row.Metrics?.Kl,
                    klIsMonteCarlo = row.Metrics?.KlIsMonteCarlo,
                    activeUnits = row.Metrics?.ActiveUnits,
                }),
                files = report.Files,
            });
            return;
        }

        SweepTable.ToText(plan.Setting, report.Rows).Write(Console.Out);
        Console.Out.WriteLine();
        foreach (var file in report.Files)
            Console.Out.WriteLine(Invocation.Display(file));
    }
}
