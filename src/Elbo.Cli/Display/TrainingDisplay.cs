using Spectre.Console;

namespace Elbo.Cli;

/// <summary>Shows on stderr how far a training is: live on a terminal, else one line per epoch.</summary>
internal static class TrainingDisplay
{
    public static TrainingResult Show(Func<IProgress<TrainingProgress>, TrainingResult> train)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        var isLive = !Console.IsErrorRedirected && console.Profile.Capabilities is { Ansi: true, Interactive: true };
        var collapse = new CollapseWatch();
        return isLive ? LiveTrainingDisplay.Show(console, collapse, train) : train(new ImmediateProgress(progress => WriteLine(progress, collapse)));
    }

    private static void WriteLine(TrainingProgress progress, CollapseWatch collapse)
    {
        if (progress.Completed is not { } report)
            return;
        Console.Error.WriteLine(EpochLine.Format(report, progress.Epochs));
        if (collapse.See(report.Train) is { } news)
            Console.Error.WriteLine(news);
    }
}

/// <summary>Reports on the thread that trains, in order; <see cref="Progress{T}"/> would do it later and elsewhere.</summary>
internal sealed class ImmediateProgress(Action<TrainingProgress> report) : IProgress<TrainingProgress>
{
    public void Report(TrainingProgress value) => report(value);
}
