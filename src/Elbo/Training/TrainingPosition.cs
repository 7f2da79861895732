namespace Elbo;

/// <summary>The position in a run. Every random state derives from it and the seed, so no other random state is saved.</summary>
/// <param name="Epoch">The current epoch, counted from 1; one past the last if all are done.</param>
/// <param name="Step">Steps taken in that epoch; all of them if only its evaluation remains.</param>
internal readonly record struct TrainingPosition(int Epoch, int Step)
{
    public long GlobalStep(int stepsPerEpoch) => (long)(Epoch - 1) * stepsPerEpoch + Step;
}
