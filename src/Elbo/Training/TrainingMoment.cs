namespace Elbo;

/// <summary>Moments of a training at which a crash must not corrupt the run; tests kill the process there.</summary>
internal enum TrainingMoment
{
    Step,
    CheckpointWrite,
    Evaluation,
}
