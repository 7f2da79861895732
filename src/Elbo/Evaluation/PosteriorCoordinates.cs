using TorchSharp;
using static TorchSharp.torch;

namespace Elbo;

/// <summary>
/// The posteriors of all examples of a split in their prior's own coordinates u = (z - mu_p(c)) / sigma_p(c), in which every prior is N(0,
/// I): q(u|x,c) = N(a, diag s²) with a = (mu_q - mu_p) / sigma_p and s = sigma_q / sigma_p. In these coordinates the posteriors of
/// different conditions are comparable.
/// </summary>
/// <param name="Mean">a, <c>[examples, latent]</c>, in float64.</param>
/// <param name="LogVariance">log s², <c>[examples, latent]</c>, in float64.</param>
/// <param name="Groups">Which condition each example has, <c>[examples]</c>; null where they cannot be listed, or there is none.</param>
public sealed record PosteriorCoordinates(Tensor Mean, Tensor LogVariance, Tensor? Groups) : IDisposable
{
    /// <summary>Encodes a split.</summary>
    /// <param name="model">The model.</param>
    /// <param name="data">The examples.</param>
    /// <param name="seed">The seed of the binarisation.</param>
    /// <param name="binarize">How grey values become zeros and ones; null for as in the training of the model.</param>
    /// <param name="cancellationToken">Ends the computation.</param>
    /// <returns>The posteriors, which the caller disposes; null for a model whose prior or posterior is not a Gaussian.</returns>
    /// <exception cref="ArgumentException">The values do not fit the model, or an argument is null.</exception>
    /// <exception cref="InputException">An example lacks the condition.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static PosteriorCoordinates? Of(
        GenerativeModel model,
        ExampleSet data,
        ulong seed = 0,
        Binarization? binarize = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        using var inference = model.BeginInference();
        return Of(model, model.Reader(data, binarize, seed), cancellationToken);
    }

    /// <summary>Encodes a split; null for a model whose prior or posterior is not a Gaussian.</summary>
    internal static PosteriorCoordinates? Of(GenerativeModel generative, BatchReader data, CancellationToken cancellationToken = default)
    {
        if (generative is not LatentVariableModel { Prior: GaussianPrior prior, HasKullbackLeibler: true } model)
            return null;
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        List<Tensor> means = [], logVariances = [], groups = [];
        for (var start = 0; start < data.Count; start += GenerativeModel.EvaluationBatchSize)
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var inner = NewDisposeScope();
            var batch = data.Slice(start, Math.Min(GenerativeModel.EvaluationBatchSize, data.Count - start));
            var features = batch.Features;
            if (model.Encode(batch.Values, features) is not DiagonalGaussian posterior)
                return null;
            var relative = posterior.RelativeTo(prior.At(features));
            means.Add(relative.Mean.to(float64).MoveToOuterDisposeScope());
            logVariances.Add((relative.LogVariance ?? zeros_like(relative.Mean)).to(float64).MoveToOuterDisposeScope());
            if (batch.Groups is { } group)
                groups.Add(group.MoveToOuterDisposeScope());
        }

        return new PosteriorCoordinates(
            cat(means).DetachFromDisposeScope(),
            cat(logVariances).DetachFromDisposeScope(),
            groups.Count == 0 ? null : cat(groups).DetachFromDisposeScope());
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Mean.Dispose();
        LogVariance.Dispose();
        Groups?.Dispose();
    }
}
