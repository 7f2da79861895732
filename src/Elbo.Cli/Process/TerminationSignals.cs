using System.Runtime.InteropServices;

namespace Elbo.Cli;

/// <summary>
/// Turns Ctrl-C and SIGTERM into a cancelled token, so that training saves a checkpoint first. A second signal ends the process
/// immediately.
/// </summary>
internal sealed class TerminationSignals : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly PosixSignalRegistration[] _registrations;
    private readonly string _message;
    private int _exitCode;

    /// <param name="message">What is said on the first signal.</param>
    public TerminationSignals(
        string message = "Stopping: saving a checkpoint first (send the signal again to stop immediately).")
    {
        _message = message;
        _registrations =
        [
            PosixSignalRegistration.Create(PosixSignal.SIGINT, context => Receive(context, ExitCodes.Interrupted)),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => Receive(context, ExitCodes.Terminated)),
        ];
    }

    public CancellationToken Token => _source.Token;

    /// <summary>The exit code for the received signal.</summary>
    public int ExitCode => _exitCode;

    /// <summary>Throws if a signal was received before there was anything to save.</summary>
    public void ThrowIfReceived()
    {
        if (_source.IsCancellationRequested)
            throw new SignalledException("Stopped before training started: nothing was written.", _exitCode);
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
        // Of several processes mpirun or Slurm stops all, with one signal or two, and kills those that do not end in time.
        if (SharedWork.Group.Count > 1)
        {
            Interlocked.CompareExchange(ref _exitCode, exitCode, 0);
            _source.Cancel();
            return;
        }

        if (Interlocked.CompareExchange(ref _exitCode, exitCode, 0) != 0)
            ProcessExit.Immediately(exitCode);
        Console.Error.WriteLine(_message);
        _source.Cancel();
    }
}

/// <summary>A signal ended a command before it had anything to save.</summary>
internal sealed class SignalledException(string message, int exitCode) : Exception(message)
{
    public int ExitCode { get; } = exitCode;
}
