namespace Elbo;

/// <summary>
/// Draws the pictures of a run: a page of samples after each epoch, and the curves at the end. A picture that cannot be drawn is a warning:
/// it never ends a training.
/// </summary>
/// <param name="directory">The run.</param>
/// <param name="preview">The pages of samples; null for none.</param>
internal sealed class RunPictures(RunDirectory directory, SamplePreview? preview) : ITrainingObserver
{
    private string? _said;

    public static RunPictures Of(TrainingSession session, RunDirectory directory) => new(
        directory,
        session.Options.SamplePages
            ? new SamplePreview(session.Model, session.ShownExamples, session.Options.Seed, session.Binarization)
            : null);

    public string? EpochRecorded(EpochReport report) =>
        preview is null ? null : Try("The page of samples", () => Save(preview, directory.SamplePath(report.Epoch)));

    public string? Ended() =>
        Try("The picture of the curves", () => RunCurves.Save(directory.CurvesPath, directory.ReadMetrics()));

    private static void Save(SamplePreview preview, string path)
    {
        RunFile.EnsureWritable(path);
        preview.Save(path);
    }

    private string? Try(string what, Action draw)
    {
        try
        {
            draw();
            return null;
        }
        catch (Exception exception) when (exception is ElboException or IOException or UnauthorizedAccessException)
        {
            var warning = $"{what} could not be made, and the training goes on: {exception.Message}";
            return warning == _said ? null : _said = warning;
        }
    }
}
