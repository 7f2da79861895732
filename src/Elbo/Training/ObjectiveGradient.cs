using static TorchSharp.torch;

namespace Elbo;

/// <summary>
/// The loss as a function of the mean terms and its derivatives, by autograd. Those of a weighted sum are constants, and are kept as long
/// as the weights stay.
/// </summary>
/// <param name="objective">The objective.</param>
/// <param name="group">The name of the latent group whose KL is a term; null without one.</param>
internal sealed class ObjectiveGradient(WeightedObjective objective, string? group)
{
    private TermWeights? _weights;
    private double _toReconstruction;
    private double[]? _toKl;

    /// <summary>The loss, and its derivatives with respect to the mean reconstruction and the mean KL of each dimension.</summary>
    /// <param name="reconstruction">The mean reconstruction.</param>
    /// <param name="kl">The mean KL of each dimension.</param>
    /// <param name="weights">The weights of the terms.</param>
    /// <returns>The derivatives with respect to the KL are null if it is no part of the loss.</returns>
    public (double Loss, double ToReconstruction, double[]? ToKl) At(double reconstruction, double[] kl, TermWeights weights)
    {
        if (weights != _weights)
        {
            var loss = Differentiate(reconstruction, kl, weights);
            _weights = objective.IsWeightedSum(weights) ? weights : null;
            return (loss, _toReconstruction, _toKl);
        }

        var sum = _toReconstruction * reconstruction;
        for (var i = 0; i < (_toKl?.Length ?? 0); i++)
            sum += _toKl![i] * kl[i];
        return (sum, _toReconstruction, _toKl);
    }

    private double Differentiate(double reconstruction, double[] kl, TermWeights weights)
    {
        using var scope = NewDisposeScope();
        using var _ = enable_grad();
        var meanReconstruction = tensor(reconstruction, float64, CPU).requires_grad_();
        var meanKl = group is null ? null : tensor(kl, float64, CPU).requires_grad_();
        var loss = objective.Loss(
            new MeanTerms(meanReconstruction, meanKl is null ? [] : [new KlTerm(group!, meanKl, IsMonteCarlo: false)]), weights);
        loss.backward();
        _toReconstruction = meanReconstruction.grad is { } slope ? slope.item<double>() : 0;
        _toKl = meanKl?.grad?.data<double>().ToArray();
        return loss.item<double>();
    }
}
