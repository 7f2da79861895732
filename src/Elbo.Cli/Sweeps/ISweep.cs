namespace Elbo.Cli;

/// <summary>How the runs of a sweep are trained: by one process in sequence, or by workers in a shared folder.</summary>
internal interface ISweep
{
    /// <summary>Checks all runs before the first training step, and rejects existing ones that do not belong to the sweep.</summary>
    void Check(TerminationSignals signals);

    /// <summary>Creates the folder of the sweep or continues it; it is occupied until the returned object is disposed.</summary>
    IDisposable Begin();

    /// <summary>Trains the runs that are not finished, and writes the report.</summary>
    /// <returns>Whether all runs are done; false if a signal interrupted the sweep after saving a checkpoint of the current run.</returns>
    bool Run(SweepReport report, TerminationSignals signals);
}
