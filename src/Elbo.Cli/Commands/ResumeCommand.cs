using System.CommandLine;

namespace Elbo.Cli;

/// <summary><c>elbo resume</c>: goes on with a run as if it had never stopped.</summary>
internal sealed class ResumeCommand : Verb
{
    private readonly Argument<string> _run = CommonOptions.Run();
    private readonly Option<int?> _epochs = CommonOptions.Whole(
        "--epochs", "Epochs in all; as many as were asked for at first by default.");
    private readonly Option<string?> _data = new("--data")
    {
        Description = "Where the run's data is now, if it has moved.",
        HelpName = "NAME|DIR",
    };

    private readonly Option<bool> _profile = new("--profile") { Description = "Print at the end where the time went." };
    private readonly Option<bool> _json = CommonOptions.Json();

    public ResumeCommand()
        : base(
            "resume",
            "Go on with a run that was stopped, to the same result, bit for bit, as if it had not been.",
            "resume runs/cvae-1",
            "resume runs/cvae-1 --epochs 40")
    {
        Arguments.Add(_run);
        Options.Add(_epochs);
        Options.Add(_data);
        Options.Add(_profile);
        Options.Add(_json);
    }

    protected override int Execute(ParseResult parsed)
    {
        using var signals = new TerminationSignals();
        var folder = parsed.GetRequiredValue(_run);
        var directory = RunDirectory.Open(folder);
        var configuration = directory.ReadConfiguration();
        var epochs = parsed.GetValue(_epochs) ?? configuration.Training.Epochs;
        RequireResumable(folder, directory.ReadRecord(), configuration.Training.Epochs, epochs);
        TorchThreads.Use(configuration.Training.Threads);
        using var run = Run.Load(folder);
        WarnOfDifferences(run);
        var dataset = RunData.Load(directory, parsed.GetValue(_data)).Dataset;
        signals.ThrowIfReceived();
        Console.Error.WriteLine($"Going on with {folder}");
        // A program may have trained without the test split that its folder has.
        var hasTest = directory.ReadRecord().Dataset.TestSha256 is not null;
        var result = TrainingDisplay.Show(progress => hasTest
            ? run.Resume(dataset, epochs, progress, signals.Token)
            : run.Resume(dataset.Train, epochs, progress, signals.Token));
        return new TrainingSummary(run.Model, result, epochs).Write(parsed.GetValue(_json), parsed.GetValue(_profile), signals.ExitCode);
    }

    private static void RequireResumable(string folder, RunRecord record, int configured, int epochs)
    {
        if (RunProcess.Find(record) is { } process)
            throw new ConfigurationException(
                $"The run {folder} is being trained right now by process {process}: wait for it, or stop it first.");
        if (record.State == RunState.Finished && epochs <= configured)
        {
            throw new ConfigurationException(
                $"The run {folder} has finished its {configured} epochs: ask for more in all, as with --epochs {2L * configured}.");
        }
    }

    private static void WarnOfDifferences(Run run)
    {
        var differences = run.DifferencesFromRecordedMachine();
        if (differences.Count > 0)
            Console.Error.WriteLine($"Note: equality bit for bit cannot be promised, because of {string.Join(" and ", differences)}.");
    }
}
