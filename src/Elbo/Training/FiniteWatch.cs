using TorchSharp;
using static TorchSharp.torch;

namespace Elbo;

/// <summary>
/// Records on the device the first step, and the term, in which a loss is not finite. Reading every loss would make the host wait for the
/// device at every step; the record is read only where the host waits anyway.
/// </summary>
internal sealed class FiniteWatch(Device device) : IDisposable
{
    // The step, and the index of the term among those that Record was given; -1 while all losses are finite.
    private readonly Tensor _first = full(2, Number(-1), int64, device).DetachFromDisposeScope();

    /// <summary>Notes, without waiting, whether this step is the first whose loss is not finite.</summary>
    public void Record(BoundTerms terms, Tensor loss, long step)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var reconstruction = terms.Reconstruction.isfinite().all();
        var kl = terms.KlTerms.Aggregate(ones_like(reconstruction), (all, term) => all.logical_and(term.Values.isfinite().all()));
        // The first false among (reconstruction, KL, the weighted loss).
        var failed = stack([reconstruction, kl, zeros_like(kl)]).logical_not().to(int64).argmax().view(1);
        var now = cat([full_like(failed, Number(step)), failed]);
        var isFirst = loss.isfinite().all().logical_not().logical_and(_first.select(0, 0).lt(Number(0)));
        _first.copy_(where(isFirst, now, _first));
    }

    /// <summary>What was noted first, or null; waits for the device.</summary>
    public (long Step, string Term)? Read()
    {
        using var host = _first.cpu();
        var first = host.data<long>();
        return first[0] < 0 ? null : (first[0], Finiteness.TermNames[(int)first[1]]);
    }

    public void Dispose() => _first.Dispose();
}
