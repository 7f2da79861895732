namespace Elbo;

/// <summary>The checkpoints of a run.</summary>
public enum CheckpointKind
{
    /// <summary>The state after the last completed epoch, or at an interruption: what a training resumes from.</summary>
    Last,

    /// <summary>The one before the last, for where that is damaged.</summary>
    Previous,

    /// <summary>The state after the epoch of the least validation loss.</summary>
    Best,

    /// <summary>The state at which numbers stopped being finite: for inspection, never for resuming.</summary>
    Diagnostic,
}
