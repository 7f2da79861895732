using TorchSharp;
using static TorchSharp.torch;

namespace Elbo;

/// <summary>
/// Keeps on the device what each step added to the sums of the terms, and finds the first step, and the term, that was not finite. Reading
/// every loss would make the host wait for the device at every step; what is kept is read only where the host waits anyway, or once in so
/// many steps that it does not matter.
/// </summary>
internal sealed class FiniteWatch(Device device) : IDisposable
{
    private const int KeptSteps = 4096;

    private readonly Tensor _kept = zeros(KeptSteps, TermAccumulator.Head, float64, device).DetachFromDisposeScope();
    private long _recorded;
    private int _count;
    private (long Index, string Term)? _first;

    /// <summary>Keeps what steps added, without waiting.</summary>
    /// <param name="sums">What each of them added to the sums of the terms, <c>[steps, columns]</c>.</param>
    public void Record(Tensor sums)
    {
        using var scope = NewDisposeScope();
        var steps = (int)sums.shape[0];
        if (_count + steps > KeptSteps)
            Find();
        _kept.narrow(0, _count, steps).copy_(sums.narrow(1, 0, TermAccumulator.Head));
        _recorded += steps;
        _count += steps;
    }

    /// <summary>The first step and term that were not finite, or null; waits for the device.</summary>
    /// <param name="lastStep">The number of the last step that was recorded; each is one more than the one before.</param>
    public (long Step, string Term)? Read(long lastStep)
    {
        Find();
        return _first is { } first ? (lastStep - _recorded + 1 + first.Index, first.Term) : null;
    }

    private void Find()
    {
        if (_first is null && _count > 0)
        {
            using var host = _kept.cpu();
            var sums = host.data<double>().ToArray();
            for (var row = 0; row < _count && _first is null; row++)
            {
                if (FirstNotFinite(sums.AsSpan(row * TermAccumulator.Head)) is { } term)
                    _first = (_recorded - _count + row, term);
            }
        }

        _count = 0;
    }

    public void Dispose() => _kept.Dispose();

    private static string? FirstNotFinite(ReadOnlySpan<double> sums) =>
        double.IsFinite(sums[TermAccumulator.LossColumn]) ? null
        : !double.IsFinite(sums[TermAccumulator.ReconstructionColumn]) ? Finiteness.TermNames[0]
        : !double.IsFinite(sums[TermAccumulator.BoundColumn]) ? Finiteness.TermNames[1]
        : Finiteness.TermNames[2];
}
