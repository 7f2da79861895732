using System.Runtime.InteropServices;

namespace Elbo.Cli;

/// <summary>
/// Turns Ctrl-C and SIGTERM into a cancelled token, so that a training can save a checkpoint first. A second signal ends the process at
/// once.
/// </summary>
internal sealed class TerminationSignals : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly PosixSignalRegistration[] _registrations;
    private int _exitCode;

    public TerminationSignals() => _registrations =
    [
        PosixSignalRegistration.Create(PosixSignal.SIGINT, context => Receive(context, ExitCodes.Interrupted)),
        PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => Receive(context, ExitCodes.Terminated)),
    ];

    public CancellationToken Token => _source.Token;

    /// <summary>The exit code that the signal received stands for.</summary>
    public int ExitCode => _exitCode;

    /// <summary>Ends the verb where a signal has come before there is anything to save.</summary>
    public void ThrowIfReceived()
    {
        if (_source.IsCancellationRequested)
            throw new SignalledException("Stopped before the training began: nothing was written.", _exitCode);
    }

    public void Dispose()
    {
        foreach (var registration in _registrations)
            registration.Dispose();
        _source.Dispose();
    }

    private void Receive(PosixSignalContext context, int exitCode)
    {
        context.Cancel = true;
        if (Interlocked.CompareExchange(ref _exitCode, exitCode, 0) != 0)
            ProcessEnd.Now(exitCode);
        Console.Error.WriteLine("Stopping: saving a checkpoint first (once more to stop at once).");
        _source.Cancel();
    }
}

/// <summary>A signal ended a verb before it had anything to save.</summary>
internal sealed class SignalledException(string message, int exitCode) : Exception(message)
{
    public int ExitCode { get; } = exitCode;
}
