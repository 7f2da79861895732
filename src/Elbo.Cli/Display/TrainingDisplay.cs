using Elbo.Studio;
using Spectre.Console;

namespace Elbo.Cli;

/// <summary>Shows the progress of a training on stderr: live on a terminal, otherwise one line per epoch.</summary>
internal static class TrainingDisplay
{
    public static TrainingResult Show(Func<IProgress<TrainingProgress>, TrainingResult> train)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        var isLive = !Console.IsErrorRedirected && console.Profile.Capabilities is { Ansi: true, Interactive: true };
        var collapseMonitor = new PosteriorCollapseMonitor();
        return isLive
            ? LiveTrainingDisplay.Show(console, collapseMonitor, train)
            : train(new ImmediateProgress(progress => WriteLine(progress, collapseMonitor)));
    }

    private static void WriteLine(TrainingProgress progress, PosteriorCollapseMonitor collapseMonitor)
    {
        if (progress.Completed is not { } report)
            return;
        Console.Error.WriteLine(EpochLine.Format(report, progress.Epochs));
        if (report.Warning is { } warning)
            Console.Error.WriteLine(PrintableText.Of($"  Warning: {warning}"));
        if (collapseMonitor.Update(report.Train) is { } message)
            Console.Error.WriteLine(message);
    }
}

/// <summary>Reports synchronously on the training thread, unlike <see cref="Progress{T}"/>.</summary>
internal sealed class ImmediateProgress(Action<TrainingProgress> report) : IProgress<TrainingProgress>
{
    public void Report(TrainingProgress value) => report(value);
}
