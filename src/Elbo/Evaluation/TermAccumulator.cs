using TorchSharp;
using static TorchSharp.torch;

namespace Elbo;

/// <summary>
/// Running sums of the terms over the batches of a split, in float64 on the model's device: the same sums serve training, evaluation and a
/// checkpoint in the middle of an epoch.
/// </summary>
internal sealed class TermAccumulator : IDisposable
{
    /// <summary>The variance above which a unit counts as active: the threshold of Burda, Grosse and Salakhutdinov (2016).</summary>
    public const double ActiveVariance = 0.01;

    // Layout: examples, loss · examples, reconstruction, (bound)², then KL, coordinate and coordinate² of each latent dimension.
    private const int Head = 4;
    private readonly int _latentSize;
    private readonly bool _hasKullbackLeibler;
    private readonly Tensor _sums;

    public TermAccumulator(LatentVariableModel model, Device device)
    {
        _latentSize = model.LatentSize;
        _hasKullbackLeibler = model.HasKullbackLeibler;
        _sums = zeros(Head + 3 * _latentSize, float64, device).DetachFromDisposeScope();
    }

    /// <summary>The sums themselves, for checkpoints.</summary>
    public Tensor Sums => _sums;

    public void Reset()
    {
        using var scope = NewDisposeScope();
        _sums.zero_();
    }

    /// <summary>Adds a batch; <paramref name="loss"/> is its loss, where there is one.</summary>
    public void Add(BoundTerms terms, Tensor? loss = null)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var reconstruction = terms.Reconstruction.detach().to(float64);
        var kl = terms.KullbackLeibler?.detach().to(float64);
        var coordinates = terms.Coordinates.to(float64);
        var examples = reconstruction.shape[0];
        var bound = kl is null ? reconstruction : reconstruction + kl.sum(-1);
        var weightedLoss = loss is null ? zeros_like(reconstruction.narrow(0, 0, 1)) : loss.detach().to(float64).view(1) * examples;
        var parts = cat(
        [
            full(1, examples, float64, device: _sums.device),
            weightedLoss,
            reconstruction.sum().view(1),
            bound.square().sum().view(1),
            kl is null ? zeros(_latentSize, float64, device: _sums.device) : kl.sum(dim: 0),
            coordinates.sum(dim: 0),
            coordinates.square().sum(dim: 0),
        ]);
        _sums.add_(parts);
    }

    /// <summary>The mean loss over the batches added so far.</summary>
    public double MeanLoss()
    {
        using var host = _sums.cpu();
        var sums = host.data<double>();
        return sums[1] / sums[0];
    }

    public SplitTerms Read()
    {
        using var host = _sums.cpu();
        var sums = host.data<double>().ToArray();
        var examples = sums[0];
        var kl = Section(0).Select(sum => sum / examples).ToArray();
        var active = Section(1).Zip(Section(2), (sum, squares) => squares / examples - sum / examples * (sum / examples))
            .Count(variance => variance > ActiveVariance);
        var reconstruction = sums[2] / examples;
        var mean = reconstruction + (_hasKullbackLeibler ? kl.Sum() : 0);
        var variance = Math.Max(0, sums[3] / examples - mean * mean);
        return new SplitTerms
        {
            Examples = (int)examples,
            Reconstruction = reconstruction,
            KlPerDimension = _hasKullbackLeibler ? kl : null,
            ActiveUnits = active,
            StandardError = Math.Sqrt(variance / Math.Max(1, examples - 1)),
        };

        IEnumerable<double> Section(int index) => sums.Skip(Head + index * _latentSize).Take(_latentSize);
    }

    public void Dispose() => _sums.Dispose();
}
