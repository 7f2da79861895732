using Elbo.Studio;

namespace Elbo.StudioModels;

/// <summary>How one bundled model is trained.</summary>
/// <param name="Id">The name of its folder, and of the model in addresses.</param>
/// <param name="Family">What it is there to show.</param>
/// <param name="Model">Its parts.</param>
/// <param name="Objective">What it is trained with.</param>
/// <param name="Epochs">Passes over the training images.</param>
internal sealed record Recipe(string Id, ModelFamily Family, ModelOptions Model, ObjectiveOptions Objective, int Epochs)
{
    /// <summary>The training: all 60,000 training images, the last weights, a step size that falls to nothing.</summary>
    public TrainerOptions Training => new()
    {
        Epochs = Epochs,
        BatchSize = 200,
        LearningRate = 2e-3,
        LearningRateSchedule = "cosine",
        Validation = 0,
        Seed = 0,
        Objective = Objective,
    };
}
