namespace Elbo;

/// <summary>The results of an epoch.</summary>
public sealed record EpochReport
{
    /// <summary>The epoch, counted from 1.</summary>
    public required int Epoch { get; init; }

    /// <summary>The terms over the training data, averaged over the epoch while the weights changed.</summary>
    public required SplitTerms Train { get; init; }

    /// <summary>The mean weighted loss that was minimised over the epoch.</summary>
    public required double TrainLoss { get; init; }

    /// <summary>The terms over the examples held out, at the end of the epoch; null where none are.</summary>
    public required SplitTerms? Validation { get; init; }

    /// <summary>The weighted loss of the examples held out, under the weights in force; null where none are.</summary>
    public required double? ValidationLoss { get; init; }

    /// <summary>
    /// Whether these weights are the best so far: the lowest validation loss under the weights at which the schedules end.
    /// </summary>
    public required bool IsBest { get; init; }

    /// <summary>Training examples per second of the training steps alone.</summary>
    public required double ExamplesPerSecond { get; init; }

    /// <summary>What went wrong without ending the training, such as a page that could not be drawn; null for nothing.</summary>
    public string? Warning { get; init; }

    /// <summary>The values with their names, by the invariant culture.</summary>
    public override string ToString() => RecordText.Of(nameof(EpochReport), PrintMembers);
}
