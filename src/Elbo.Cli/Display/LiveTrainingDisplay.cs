using System.Globalization;
using Elbo.Studio;
using Spectre.Console;

namespace Elbo.Cli;

/// <summary>Shows a progress bar with the metrics of the current epoch, and one line above it per completed epoch.</summary>
internal static class LiveTrainingDisplay
{
    public static TrainingResult Show(
        IAnsiConsole console, PosteriorCollapseMonitor collapseMonitor, Func<IProgress<TrainingProgress>, TrainingResult> train)
    {
        TrainingResult? result = null;
        var timeLeft = new TimeLeftColumn();
        console.Progress()
            .AutoClear(true)
            .Columns(
                new TaskDescriptionColumn { Alignment = Justify.Left },
                new ProgressBarColumn(),
                new PercentageColumn(),
                timeLeft)
            .Start(context =>
            {
                var task = context.AddTask("starting", maxValue: 1);
                result = train(new ImmediateProgress(progress =>
                {
                    timeLeft.TimeLeft = progress.Remaining;
                    Update(console, collapseMonitor, task, progress);
                }));
            });
        return result!;
    }

    private static void Update(IAnsiConsole console, PosteriorCollapseMonitor collapseMonitor, ProgressTask task, TrainingProgress progress)
    {
        if (progress.Completed is { } report)
        {
            console.WriteLine(EpochLine.Format(report, progress.Epochs));
            if (report.Warning is { } warning)
                console.WriteLine(PrintableText.Of($"  Warning: {warning}"));
            if (collapseMonitor.Update(report.Train) is { } message)
                console.WriteLine(message);
        }

        task.Value = progress.Fraction;
        task.Description = Markup.Escape(string.Create(
            CultureInfo.InvariantCulture,
            $"epoch {progress.Epoch}/{progress.Epochs}  loss {progress.Loss:0.00}  {progress.ExamplesPerSecond:N0} examples/s"));
    }
}
