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
    private long _lastStep;
    private int _count;
    private (long Step, string Term)? _first;

    /// <summary>Keeps what a step added, without waiting.</summary>
    /// <param name="sums">What <see cref="TermAccumulator.Add"/> returned.</param>
    /// <param name="step">The number of the step; each is one more than the last.</param>
    public void Record(Tensor sums, long step)
    {
        using var scope = NewDisposeScope();
        if (_count == KeptSteps)
            Read();
        _kept.select(0, _count).copy_(sums.narrow(0, 0, TermAccumulator.Head));
        (_lastStep, _count) = (step, _count + 1);
    }

    /// <summary>The first step and term that were not finite, or null; waits for the device.</summary>
    public (long Step, string Term)? Read()
    {
        if (_first is null && _count > 0)
        {
            using var host = _kept.cpu();
            var sums = host.data<double>().ToArray();
            for (var row = 0; row < _count && _first is null; row++)
            {
                if (FirstNotFinite(sums.AsSpan(row * TermAccumulator.Head)) is { } term)
                    _first = (_lastStep - _count + 1 + row, term);
            }
        }

        _count = 0;
        return _first;
    }

    public void Dispose() => _kept.Dispose();

    private static string? FirstNotFinite(ReadOnlySpan<double> sums) =>
        double.IsFinite(sums[TermAccumulator.LossColumn]) ? null
        : !double.IsFinite(sums[TermAccumulator.ReconstructionColumn]) ? Finiteness.TermNames[0]
        : !double.IsFinite(sums[TermAccumulator.BoundColumn]) ? Finiteness.TermNames[1]
        : Finiteness.TermNames[2];
}
