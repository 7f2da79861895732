namespace Elbo;

/// <summary>The progress of a training, as reported to an <see cref="IProgress{T}"/>.</summary>
public sealed record TrainingProgress
{
    /// <summary>The current epoch, counted from 1.</summary>
    public required int Epoch { get; init; }

    /// <summary>The total number of epochs.</summary>
    public required int Epochs { get; init; }

    /// <summary>Steps taken in this epoch.</summary>
    public required int Step { get; init; }

    /// <summary>Steps in an epoch.</summary>
    public required int StepsPerEpoch { get; init; }

    /// <summary>Training examples seen per second of this epoch so far.</summary>
    public required double ExamplesPerSecond { get; init; }

    /// <summary>The loss of the epoch so far.</summary>
    public required double Loss { get; init; }

    /// <summary>The share of the steps of the whole training that are done, from 0 to 1; those before a resumption count.</summary>
    public double Fraction => ((Epoch - 1.0) * StepsPerEpoch + Step) / ((double)Epochs * StepsPerEpoch);

    /// <summary>
    /// The time that the rest of the training will take at the pace so far, with the evaluation of epochs but without that of the test
    /// split; null before the first step.
    /// </summary>
    public TimeSpan? Remaining { get; init; }

    /// <summary>Set once an epoch is complete: its terms.</summary>
    public EpochReport? Completed { get; init; }

    /// <summary>The values with their names, by the invariant culture.</summary>
    public override string ToString() => RecordText.Of(nameof(TrainingProgress), PrintMembers);
}
