namespace Elbo;

/// <summary>The state of a run.</summary>
public enum RunState
{
    /// <summary>It is training, or its process was killed.</summary>
    Running,

    /// <summary>All its epochs are done.</summary>
    Finished,

    /// <summary>It was stopped cleanly and can be resumed.</summary>
    Interrupted,

    /// <summary>It ended with an error.</summary>
    Failed,
}
