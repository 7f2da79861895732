using System.Globalization;
using Spectre.Console;

namespace Elbo.Cli;

/// <summary>A bar over the whole training with the figures of the epoch under way, below one line for each epoch that is done.</summary>
internal static class LiveTrainingDisplay
{
    public static TrainingResult Show(IAnsiConsole console, CollapseWatch collapse, Func<IProgress<TrainingProgress>, TrainingResult> train)
    {
        TrainingResult? result = null;
        console.Progress()
            .AutoClear(true)
            .Columns(
                new TaskDescriptionColumn { Alignment = Justify.Left },
                new ProgressBarColumn(),
                new PercentageColumn(),
                new RemainingTimeColumn())
            .Start(context =>
            {
                var task = context.AddTask("starting");
                result = train(new ImmediateProgress(progress => Update(console, collapse, task, progress)));
            });
        return result!;
    }

    private static void Update(IAnsiConsole console, CollapseWatch collapse, ProgressTask task, TrainingProgress progress)
    {
        if (progress.Completed is { } report)
        {
            console.WriteLine(EpochLine.Format(report, progress.Epochs));
            if (collapse.See(report.Train) is { } news)
                console.WriteLine(news);
        }

        task.MaxValue = (double)progress.Epochs * progress.StepsPerEpoch;
        task.Value = (double)(progress.Epoch - 1) * progress.StepsPerEpoch + progress.Step;
        task.Description = Markup.Escape(string.Create(
            CultureInfo.InvariantCulture,
            $"epoch {progress.Epoch}/{progress.Epochs}  loss {progress.Loss:0.00}  {progress.ExamplesPerSecond:N0} examples/s"));
    }
}
