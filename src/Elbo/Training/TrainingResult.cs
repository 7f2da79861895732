namespace Elbo;

/// <summary>The result of a training.</summary>
public sealed record TrainingResult
{
    /// <summary><see cref="RunState.Finished"/>, or <see cref="RunState.Interrupted"/> where it was cancelled.</summary>
    public required RunState State { get; init; }

    /// <summary>The epochs trained by this call.</summary>
    public required IReadOnlyList<EpochReport> Epochs { get; init; }

    /// <summary>
    /// The terms on the test split with the best weights; null without a test split, or where the training was cancelled.
    /// </summary>
    public required SplitTerms? Test { get; init; }

    /// <summary>The epoch whose weights are the best; 0 before any was completed.</summary>
    public required int BestEpoch { get; init; }

    /// <summary>The run directory, or null if none was requested.</summary>
    public required string? Directory { get; init; }

    /// <summary>The seconds of each part of the training.</summary>
    public required IReadOnlyDictionary<string, double> SecondsByPart { get; init; }

    /// <summary>How gradients were computed: "fused" (hand-written, for speed) or "autograd".</summary>
    public required string GradientPath { get; init; }

    /// <summary>The values with their names, by the invariant culture.</summary>
    public override string ToString() => RecordText.Of(nameof(TrainingResult), PrintMembers);
}
