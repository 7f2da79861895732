using System.Diagnostics;

namespace Elbo;

/// <summary>The parts of a training that are timed separately.</summary>
internal enum TrainingPart
{
    Data,
    Forward,
    Backward,
    Optimizer,
    Accounting,
    Evaluation,
    Pictures,
    Checkpoints,
}

/// <summary>Measures the time of each part: the time between two marks belongs to the part of the second.</summary>
internal sealed class TrainingClock
{
    private readonly long[] _ticks = new long[Enum.GetValues<TrainingPart>().Length];
    private long _mark = Stopwatch.GetTimestamp();

    /// <summary>Restarts, without adding the time since the last mark to any part.</summary>
    public void Start() => _mark = Stopwatch.GetTimestamp();

    public void Mark(TrainingPart part)
    {
        var now = Stopwatch.GetTimestamp();
        _ticks[(int)part] += now - _mark;
        _mark = now;
    }

    /// <summary>The seconds of each part so far, less those of an earlier result.</summary>
    public IReadOnlyDictionary<string, double> SecondsByPartSince(IReadOnlyDictionary<string, double>? earlier) =>
        SecondsByPart().ToDictionary(part => part.Key, part => part.Value - (earlier?[part.Key] ?? 0));

    public double Seconds(TrainingPart part) => (double)_ticks[(int)part] / Stopwatch.Frequency;

    public IReadOnlyDictionary<string, double> SecondsByPart() =>
        Enum.GetValues<TrainingPart>().ToDictionary(part => part.ToString().ToLowerInvariant(), Seconds);
}
