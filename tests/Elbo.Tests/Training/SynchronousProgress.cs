namespace Elbo.Tests;

/// <summary>Reports on the calling thread, where <see cref="Progress{T}"/> would post to another.</summary>
internal sealed class SynchronousProgress(Action<TrainingProgress> report) : IProgress<TrainingProgress>
{
    public void Report(TrainingProgress value) => report(value);
}
