using Microsoft.AspNetCore.Components.Server.Circuits;

namespace Elbo.Studio;

/// <summary>Refuses a page when too many are open, because each one holds memory until it is closed.</summary>
internal sealed class CircuitLimit : CircuitHandler
{
    // A set and not a counter: a page that is closed early is reported as closed but never as opened, and a refused page is reported as
    // both.
    private readonly HashSet<Circuit> _open = new(ReferenceEqualityComparer.Instance);
    private readonly Lock _gate = new();

    /// <summary>The number of open pages, including those that are disconnected but still kept.</summary>
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
            return _open.Count < StudioLimits.Circuits && _open.Add(circuit)
                ? Task.CompletedTask
                : throw new EnvironmentException($"The studio already has {StudioLimits.Circuits} open pages: close some.");
        }
    }

    public override Task OnCircuitClosedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        lock (_gate)
            _open.Remove(circuit);
        return Task.CompletedTask;
    }
}
