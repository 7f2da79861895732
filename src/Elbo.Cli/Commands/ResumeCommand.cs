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
        using var training = new ContinuedTraining(folder, parsed.GetValue(_epochs), parsed.GetValue(_data));
        signals.ThrowIfReceived();
        Console.Error.WriteLine($"Going on with {folder}");
        var result = training.Train(signals.Token);
        return new TrainingSummary(training.Model, result, training.Epochs).Write(
            parsed.GetValue(_json), parsed.GetValue(_profile), signals.ExitCode);
    }
}
