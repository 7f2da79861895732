namespace Elbo;

/// <summary>How far a run has come. Every random state derives from it and the seed, so it is all that has to be saved of them.</summary>
/// <param name="Epoch">The epoch under way, counted from 1; one past the last where all are done.</param>
/// <param name="Step">Steps taken in that epoch; as many as it has where only its evaluation is still to do.</param>
internal readonly record struct TrainingPosition(int Epoch, int Step)
{
    public long GlobalStep(int stepsPerEpoch) => (long)(Epoch - 1) * stepsPerEpoch + Step;
}
