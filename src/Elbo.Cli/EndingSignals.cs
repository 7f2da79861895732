using System.Runtime.InteropServices;

namespace Elbo.Cli;

/// <summary>Waits for Ctrl-C or SIGTERM, by which a service is ended as it should be; a second one ends the process at once.</summary>
internal sealed class EndingSignals : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly TaskCompletionSource _received = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly PosixSignalRegistration[] _registrations;

    public EndingSignals() => _registrations =
    [
        PosixSignalRegistration.Create(PosixSignal.SIGINT, Receive),
        PosixSignalRegistration.Create(PosixSignal.SIGTERM, Receive),
    ];

    public CancellationToken Token => _source.Token;

    /// <summary>Done once a signal has come.</summary>
    public Task Received => _received.Task;

    public void Dispose()
    {
        foreach (var registration in _registrations)
            registration.Dispose();
        _source.Dispose();
    }

    private void Receive(PosixSignalContext context)
    {
        // The system's own way ends the process.
        if (!_received.TrySetResult())
            return;
        context.Cancel = true;
        _source.Cancel();
    }
}
