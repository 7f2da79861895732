using Microsoft.AspNetCore.Components.Server.Circuits;

namespace Elbo.Studio;

/// <summary>Refuses a page when too many are open: each costs memory for as long as it lives.</summary>
internal sealed class CircuitLimit : CircuitHandler
{
    // Kept one by one: a page that leaves before it has begun is told closed and never opened, and one that is refused is both.
    private readonly HashSet<Circuit> _open = new(ReferenceEqualityComparer.Instance);
    private readonly Lock _gate = new();

    /// <summary>Pages open now, those that lost their connection a moment ago included.</summary>
    public int Open
    {
        get
        {
            lock (_gate)
                return _open.Count;
        }
    }

    public override Task OnCircuitOpenedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return _open.Count < Caps.Circuits && _open.Add(circuit)
                ? Task.CompletedTask
                : throw new EnvironmentException($"The studio has {Caps.Circuits} pages open already: close some.");
        }
    }

    public override Task OnCircuitClosedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        lock (_gate)
            _open.Remove(circuit);
        return Task.CompletedTask;
    }
}
