namespace Elbo;

/// <summary>
/// Whoever looks at a training that records itself in a run directory, and adds files to it. It is called on the training's thread.
/// </summary>
internal interface ITrainingObserver
{
    /// <summary>An epoch is evaluated and recorded. The model has the weights that were evaluated.</summary>
    /// <returns>A sentence on what could not be added and was not said before; else null.</returns>
    string? EpochRecorded(EpochReport report);

    /// <summary>The training has ended or was interrupted, and all its metrics are recorded.</summary>
    /// <returns>A sentence on what could not be added; else null.</returns>
    string? Ended();
}
