using Spectre.Console;

namespace Elbo.Cli;

/// <summary>Shows on stderr how far a training is: live on a terminal, else one line per epoch.</summary>
internal static class TrainingDisplay
{
    public static TrainingResult Show(Func<IProgress<TrainingProgress>, TrainingResult> train)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        var isLive = !Console.IsErrorRedirected && console.Profile.Capabilities is { Ansi: true, Interactive: true };
        return isLive ? LiveTrainingDisplay.Show(console, train) : train(new ImmediateProgress(WriteLine));
    }

    private static void WriteLine(TrainingProgress progress)
    {
        if (progress.Completed is { } report)
            Console.Error.WriteLine(EpochLine.Format(report, progress.Epochs));
    }
}

/// <summary>Reports on the thread that trains, in order; <see cref="Progress{T}"/> would do it later and elsewhere.</summary>
internal sealed class ImmediateProgress(Action<TrainingProgress> report) : IProgress<TrainingProgress>
{
    public void Report(TrainingProgress value) => report(value);
}
