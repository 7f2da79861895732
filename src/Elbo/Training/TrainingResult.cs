namespace Elbo;

/// <summary>How a run stands.</summary>
public enum RunState
{
    /// <summary>It is training, or was stopped so hard that it could not say otherwise.</summary>
    Running,

    /// <summary>All its epochs are done.</summary>
    Finished,

    /// <summary>It was stopped in good order and can be resumed.</summary>
    Interrupted,

    /// <summary>It ended with an error.</summary>
    Failed,
}

/// <summary>What a training came to.</summary>
public sealed record TrainingResult
{
    /// <summary><see cref="RunState.Finished"/>, or <see cref="RunState.Interrupted"/> where it was cancelled.</summary>
    public required RunState State { get; init; }

    /// <summary>The epochs trained by this call.</summary>
    public required IReadOnlyList<EpochReport> Epochs { get; init; }

    /// <summary>The terms on the test split with the best weights; null without a test split, or where the training was cancelled.</summary>
    public required SplitTerms? Test { get; init; }

    /// <summary>The epoch whose weights are the best; 0 before any was completed.</summary>
    public required int BestEpoch { get; init; }

    /// <summary>Where the run directory is, or null where none was asked for.</summary>
    public required string? Directory { get; init; }

    /// <summary>Where the time went: seconds by part of the training.</summary>
    public required IReadOnlyDictionary<string, double> SecondsByPart { get; init; }

    /// <summary>How gradients were computed: "fused" where they are written out for speed, or "autograd".</summary>
    public required string GradientPath { get; init; }
}
