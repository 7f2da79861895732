using static TorchSharp.torch;

namespace Elbo;

/// <summary>Minimises an objective by Adam, one batch per step.</summary>
internal sealed class Minimizer : IDisposable
{
    private readonly IGradientPath _path;
    private readonly TrainingClock _clock;

    public Minimizer(GenerativeModel model, WeightedObjective objective, TrainingClock clock)
    {
        _clock = clock;
        _path = FusedPath.TryCreate(model, objective) ?? (IGradientPath)new AutogradPath(model, objective);
        Optimizer = new FusedAdam(model);
        Optimizer.DiscardGradients();
    }

    public FusedAdam Optimizer { get; }

    /// <summary>How gradients are computed: "fused" or "autograd".</summary>
    public string GradientPath => _path.Name;

    /// <summary>Takes a step.</summary>
    /// <param name="batch">The examples.</param>
    /// <param name="noise">The noise of their codes.</param>
    /// <param name="weights">The weights of the terms.</param>
    /// <param name="learningRate">The step size.</param>
    /// <param name="accept">Called with terms and loss before the parameters are updated; if it returns false, they are not.</param>
    /// <returns>The terms and the loss before the step.</returns>
    public (BoundTerms Terms, Tensor Loss) Step(
        Batch batch, Noise noise, TermWeights weights, double learningRate, Func<BoundTerms, Tensor, bool>? accept = null)
    {
        var (terms, loss) = _path.Compute(batch, noise, weights, _clock);
        if (accept is null || accept(terms, loss))
            Optimizer.Step(learningRate);
        else
            Optimizer.DiscardGradients();
        _clock.Mark(TrainingPart.Optimizer);
        return (terms, loss);
    }

    public void Dispose()
    {
        _path.Dispose();
        Optimizer.Dispose();
    }
}
