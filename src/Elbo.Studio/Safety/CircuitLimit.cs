using Microsoft.AspNetCore.Components.Server.Circuits;

namespace Elbo.Studio;

/// <summary>Refuses a page when too many are open: each costs memory for as long as it lives.</summary>
internal sealed class CircuitLimit : CircuitHandler
{
    private int _open;

    /// <summary>Pages open now, those that lost their connection a moment ago included.</summary>
    public int Open => Volatile.Read(ref _open);

    public override Task OnCircuitOpenedAsync(Circuit circuit, CancellationToken cancellationToken) =>
        Interlocked.Increment(ref _open) > Caps.Circuits
            ? throw new EnvironmentException($"The studio has {Caps.Circuits} pages open already: close some.")
            : Task.CompletedTask;

    public override Task OnCircuitClosedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        Interlocked.Decrement(ref _open);
        return Task.CompletedTask;
    }
}
