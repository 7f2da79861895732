namespace Elbo;

/// <summary>Moments of a training at which a crash must do no harm; tests kill the process there.</summary>
internal enum TrainingMoment
{
    Step,
    CheckpointWrite,
    Evaluation,
}
