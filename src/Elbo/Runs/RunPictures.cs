namespace Elbo;

/// <summary>Draws the pictures of a run: a page of samples after each epoch, and the curves at the end.</summary>
/// <param name="directory">The run.</param>
/// <param name="preview">The pages of samples; null for none.</param>
internal sealed class RunPictures(RunDirectory directory, SamplePreview? preview) : ITrainingObserver
{
    public static RunPictures Of(TrainingSession session, RunDirectory directory) => new(
        directory,
        session.Options.SamplePages
            ? new SamplePreview(session.Model, session.ShownExamples, session.Options.Seed, session.Binarization)
            : null);

    public void EpochRecorded(EpochReport report)
    {
        if (preview is null)
            return;
        var path = directory.SamplePath(report.Epoch);
        RunFile.EnsureWritable(path);
        preview.Save(path);
    }

    public void Ended() => RunCurves.Save(directory.CurvesPath, directory.ReadMetrics());
}
