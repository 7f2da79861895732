namespace Elbo.Studio;

/// <summary>The columns of the list of runs, by which it can be sorted.</summary>
internal enum RunColumn
{
    Run,
    State,
    Epoch,
    NegativeElbo,
    Model,
    Data,
    Begun,
}
