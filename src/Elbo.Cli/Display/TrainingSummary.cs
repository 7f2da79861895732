using System.Globalization;

namespace Elbo.Cli;

/// <summary>The summary printed at the end of a training: output paths, final metrics and a suggested next command.</summary>
internal sealed class TrainingSummary(LatentVariableModel model, TrainingResult result)
{
    /// <summary>
    /// Writes the summary of a finished training to stdout, or for an interrupted training the command that resumes it to stderr.
    /// </summary>
    /// <returns>The exit code.</returns>
    public int Write(bool asJson, bool withProfile, int signalExitCode)
    {
        // A signal may have reached another process.
        if (result.State == RunState.Interrupted && signalExitCode == ExitCodes.Done)
            signalExitCode = ExitCodes.Terminated;
        // One whose run process 0 records.
        if (result.Directory is null)
            return result.State == RunState.Interrupted ? signalExitCode : ExitCodes.Done;
        if (asJson)
            WriteJson(withProfile);
        if (result.State == RunState.Interrupted)
        {
            Console.Error.WriteLine($"Stopped; a checkpoint is saved. Resume with:  {Invocation.Command("resume", Folder)}");
            return signalExitCode;
        }

        if (!asJson)
            WriteText(withProfile);
        WarnOfInactiveUnits();
        return ExitCodes.Done;
    }

    private RunDirectory Directory => new(result.Directory!);

    // Where the settings name no number, the data have determined it.
    private int Epochs => Directory.ReadConfiguration().Training.Epochs!.Value;

    private string Folder => Invocation.Shorten(Directory.Folder);

    private IEnumerable<string> Pictures =>
        new[] { Directory.SamplePath(Epochs), Directory.CurvesPath }.Where(File.Exists).Select(Invocation.Shorten);

    private string Next => model.Condition switch
    {
        LabelCondition labels when model.Shape.Image is not null && Suggested(labels) is var (label, file) =>
            Invocation.Command("sample", Folder, "--label", label, "--out", file),
        { ImageFeatureCount: > 0 } => Invocation.Command("complete", Folder, "--out", "completed.png"),
        _ => Invocation.Command("sample", Folder, "--out", model.Shape.Image is null ? "samples.csv" : "samples.png"),
    };

    // On MNIST the digit that shows most in one picture whether a model draws what it is asked for.
    private (string Label, string File)? Suggested(LabelCondition labels) =>
        Directory.ReadRecord().Dataset.LabelNames is { } names ? (names[labels.Labels[^1]], "samples.png")
        : labels.IndexOf(6) >= 0 ? ("6", "sixes.png")
        : null;

    private void WriteText(bool withProfile)
    {
        var lines = new TextTable();
        lines.Add("Run", Folder);
        foreach (var picture in Pictures)
            lines.Add("Picture", picture);
        lines.Add("Best", $"epoch {result.BestEpoch} of {Epochs}");
        if (result.Test is { } test)
        {
            lines.Add("Test", test.NegativeElbo is { } bound
                ? $"-ELBO {MetricText.Nats(bound)} = reconstruction {MetricText.Nats(test.Reconstruction)} + KL "
                    + $"{MetricText.Nats(test.Kl!.Value)}{MetricText.KlSuffix(test.KlIsMonteCarlo)} nats"
                    + MetricText.ErrorSuffix(test.StandardError)
                : $"reconstruction {MetricText.Nats(test.Reconstruction)} nats{MetricText.ErrorSuffix(test.StandardError)}");
            if (TermsReport.Of("test", test, model).BitsPerDimension is { } bits)
                lines.Add("", $"{MetricText.Bits(bits)} bits per dimension");
            if (model.InfersCode)
                lines.Add("", $"{test.ActiveUnits} of {model.LatentSize} latent dimensions active");
        }

        if (withProfile)
        {
            foreach (var (part, seconds) in result.SecondsByPart)
                lines.Add("Seconds", $"{seconds.ToString("0.00", CultureInfo.InvariantCulture)} {part}");
            lines.Add("", $"{result.GradientPath} gradients");
        }

        lines.Add("Next", Next);
        lines.Write(Console.Out);
    }

    private void WriteJson(bool withProfile) => JsonOutput.Write(new
    {
        run = Directory.Folder,
        state = result.State.ToString().ToLowerInvariant(),
        epochs = Epochs,
        bestEpoch = result.BestEpoch,
        test = result.Test is { } test ? TermsReport.Of("test", test, model) : null,
        pictures = Pictures.Select(Path.GetFullPath),
        secondsByPart = withProfile ? result.SecondsByPart : null,
        gradientPath = withProfile ? result.GradientPath : null,
    });

    private void WarnOfInactiveUnits()
    {
        if (model.InfersCode && result.Test is { } test && test.ActiveUnits * 2 < model.LatentSize)
        {
            Console.Error.WriteLine(
                $"Warning: only {test.ActiveUnits} of {model.LatentSize} latent dimensions are active; try fewer (--latent), "
                + "a lower --kl-weight, or --free-bits.");
        }
    }
}
