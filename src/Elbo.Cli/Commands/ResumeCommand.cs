using System.CommandLine;
using Elbo.Studio;

namespace Elbo.Cli;

/// <summary><c>elbo resume</c>: resumes a run with the same result as without the interruption.</summary>
internal sealed class ResumeCommand : ExecutableCommand
{
    private readonly Argument<string> _run = CommonOptions.Run();
    private readonly Option<int?> _epochs = CommonOptions.Integer(
        "--epochs", "The total number of epochs; by default the number in the run's configuration.");
    private readonly Option<string?> _data = new("--data")
    {
        Description = "The current location of the run's data, if it has moved.",
        HelpName = "NAME|DIR",
    };

    private readonly Option<string> _from = new Option<string>("--from")
    {
        Description = "The checkpoint to resume from: the last one, or the one before it, where the last one is damaged.",
        DefaultValueFactory = _ => nameof(CheckpointKind.Last).ToLowerInvariant(),
    }.AcceptOnlyFromAmong(nameof(CheckpointKind.Last).ToLowerInvariant(), nameof(CheckpointKind.Previous).ToLowerInvariant());

    private readonly Option<string?> _device = new("--device")
    {
        Description = "The device to train on, if not the one in the run's configuration. The result is then that of another machine: "
            + "equal but for rounding.",
        HelpName = CommonOptions.DeviceNames,
    };

    private readonly Option<bool> _profile = new("--profile") { Description = "Print a breakdown of the training time at the end." };
    private readonly Option<bool> _json = CommonOptions.Json();

    public ResumeCommand()
        : base(
            "resume",
            "Resume an interrupted run. The result is bitwise identical to that of an uninterrupted run.",
            "resume runs/cvae-1",
            "resume runs/cvae-1 --epochs 40")
    {
        Arguments.Add(_run);
        Options.Add(_epochs);
        Options.Add(_data);
        Options.Add(_from);
        Options.Add(_device);
        Options.Add(_profile);
        Options.Add(_json);
    }

    public override bool SharesWork => true;

    protected override int Execute(ParseResult parsed)
    {
        using var signals = new TerminationSignals();
        var folder = parsed.GetRequiredValue(_run);
        var from = Enum.Parse<CheckpointKind>(parsed.GetRequiredValue(_from), ignoreCase: true);
        using var training = new ResumedTraining(
            folder, parsed.GetValue(_epochs), parsed.GetValue(_data), from, parsed.GetValue(_device));
        signals.ThrowIfReceived();
        Console.Error.WriteLine($"Resuming {PrintableText.Of(folder)}");
        var result = training.Train(signals.Token);
        return new TrainingSummary(training.Model, result).Write(
            parsed.GetValue(_json), parsed.GetValue(_profile), signals.ExitCode);
    }
}
