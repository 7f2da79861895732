using Elbo.Studio;

namespace Elbo.StudioModels;

/// <summary>How one bundled model is trained.</summary>
/// <param name="Id">The name of its folder, and of the model in addresses.</param>
/// <param name="Family">What the model is used to show in the studio; null for a model of the story.</param>
/// <param name="Model">The options of the model.</param>
/// <param name="Objective">The training objective.</param>
/// <param name="Epochs">The number of passes over the training images.</param>
internal sealed record Recipe(string Id, ModelFamily? Family, ModelOptions Model, ObjectiveOptions Objective, int Epochs)
{
    /// <summary>Whether grey pixels become zeros and ones. Default: they stay grey.</summary>
    public Binarization? Binarize { get; init; }

    /// <summary>
    /// The options of the training: all 60,000 training images, no validation, the last weights, and a learning rate that decays to zero.
    /// </summary>
    public TrainerOptions Training => new()
    {
        Epochs = Epochs,
        BatchSize = 200,
        LearningRate = 2e-3,
        LearningRateSchedule = "cosine",
        Validation = 0,
        Seed = 0,
        Objective = Objective,
        Binarize = Binarize,
    };
}
