using TorchSharp;
using static TorchSharp.torch;

namespace Elbo;

/// <summary>Gradients by autograd: correct for every model and objective.</summary>
internal sealed class AutogradPath(GenerativeModel model, WeightedObjective objective, IProcessGroup? processes = null) : IGradientPath
{
    private bool _isChecked;

    public string Name => "autograd";

    public (BoundTerms Terms, Tensor Loss) Compute(Batch batch, Noise noise, TermWeights weights, TrainingClock clock)
    {
        using var _ = enable_grad();
        var terms = model.Terms(batch, noise);
        var shared = batch.Share is { } share ? SharedMeans.Of(terms, objective, share, processes!) : null;
        var loss = shared is null ? objective.Loss(terms, weights) : objective.Loss(shared.Means, weights);
        clock.Mark(TrainingPart.Forward);
        if (!(shared?.HasGradient ?? loss.requires_grad))
            throw new SettingsException(
                "The loss has no gradient: no part of the model or the objective is a function of the parameters.");
        if (shared is null)
            loss.backward();
        else
            shared.Backward(loss);
        EnsureGradients();
        clock.Mark(TrainingPart.Backward);
        return (terms, loss.detach());
    }

    public void Dispose()
    {
    }

    // A part that returns a detached tensor would silently not be trained.
    private void EnsureGradients()
    {
        if (_isChecked)
            return;
        _isChecked = true;
        foreach (var (name, part) in model.named_children())
        {
            var trained = part.parameters().Where(parameter => parameter.requires_grad).ToList();
            if (trained.Count == 0 || trained.Any(parameter => parameter.grad is not null))
                continue;
            // Without a KL term the prior is not trained; which parts of another structure are its prior only its author knows.
            if (objective.TrainsPrior || (model is LatentVariableModel && part is not Prior))
            {
                throw new SettingsException(
                    $"The part '{name}' of the model got no gradient: its output is detached from its parameters or not in the loss.");
            }
        }
    }
}
