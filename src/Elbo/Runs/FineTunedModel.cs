namespace Elbo;

/// <summary>A model that was trained from the weights of a run, and the result of its training (<see cref="Run"/>.FineTune).</summary>
public sealed class FineTunedModel : IDisposable
{
    private readonly bool _ownsModel;

    internal FineTunedModel(GenerativeModel model, bool ownsModel, TrainingResult result) =>
        (GenerativeModel, _ownsModel, Result) = (model, ownsModel, result);

    /// <summary>The model, with the best weights of its training, or the last ones if that was interrupted.</summary>
    public GenerativeModel GenerativeModel { get; }

    /// <summary>The same, where it is a model with one code.</summary>
    /// <exception cref="InvalidOperationException">It is a model of another structure: use <see cref="GenerativeModel"/>.</exception>
    public LatentVariableModel Model => GenerativeModel as LatentVariableModel
        ?? throw new InvalidOperationException($"The model is a {GenerativeModel.GetType().Name}: use {nameof(GenerativeModel)}.");

    /// <summary>The result of the training.</summary>
    public TrainingResult Result { get; }

    /// <summary>Disposes the model, unless it was given.</summary>
    public void Dispose()
    {
        if (_ownsModel)
            GenerativeModel.Dispose();
    }
}
