using System.Runtime.InteropServices;

namespace Elbo.Cli;

/// <summary>Waits for Ctrl-C or SIGTERM to shut a service down gracefully; a second signal ends the process immediately.</summary>
internal sealed class ShutdownSignals : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly TaskCompletionSource _received = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly PosixSignalRegistration[] _registrations;

    public ShutdownSignals() => _registrations =
    [
        PosixSignalRegistration.Create(PosixSignal.SIGINT, Receive),
        PosixSignalRegistration.Create(PosixSignal.SIGTERM, Receive),
    ];

    public CancellationToken Token => _source.Token;

    /// <summary>Completes when a signal is received.</summary>
    public Task Received => _received.Task;

    public void Dispose()
    {
        foreach (var registration in _registrations)
            registration.Dispose();
        _source.Dispose();
    }

    private void Receive(PosixSignalContext context)
    {
        // On a second signal the default handler ends the process.
        if (!_received.TrySetResult())
            return;
        context.Cancel = true;
        _source.Cancel();
    }
}
