using System.Diagnostics;

namespace Elbo;

/// <summary>Says how far a training is, and how long the rest takes at the pace since it began or was resumed.</summary>
/// <param name="epochs">The epochs of the training.</param>
/// <param name="stepsPerEpoch">The steps of an epoch.</param>
/// <param name="begin">Where the training begins.</param>
internal sealed class ProgressMeter(int epochs, int stepsPerEpoch, TrainingPosition begin)
{
    private readonly long _started = Stopwatch.GetTimestamp();

    /// <summary>The progress at a position.</summary>
    /// <param name="position">The position.</param>
    /// <param name="examplesPerSecond">The speed of the epoch.</param>
    /// <param name="loss">The loss of the epoch so far.</param>
    public TrainingProgress At(TrainingPosition position, double examplesPerSecond, double loss) => new()
    {
        Epoch = position.Epoch,
        Epochs = epochs,
        Step = position.Step,
        StepsPerEpoch = stepsPerEpoch,
        ExamplesPerSecond = examplesPerSecond,
        Remaining = TimeLeft(position, Stopwatch.GetElapsedTime(_started)),
        Loss = loss,
    };

    /// <summary>The time that the steps left take at the pace of those taken; null where none was taken.</summary>
    internal TimeSpan? TimeLeft(TrainingPosition position, TimeSpan elapsed)
    {
        var done = position.GlobalStep(stepsPerEpoch);
        var taken = done - begin.GlobalStep(stepsPerEpoch);
        return taken > 0 ? elapsed * ((double)((long)epochs * stepsPerEpoch - done) / taken) : null;
    }
}
