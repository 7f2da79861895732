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

    // One column for: an example, the loss, the reconstruction, the bound, then the KL and the coordinate of each latent dimension. The first
    // row holds the sums, the second those of the squares. A KL without parts is in the column of the first dimension.
    private const int Head = 4;
    private readonly int _latentSize;
    private readonly bool _hasKullbackLeibler;
    private readonly bool _infersCode;
    private readonly bool _klIsMonteCarlo;
    private readonly Tensor _sums;

    public TermAccumulator(LatentVariableModel model, Device device)
    {
        _latentSize = model.LatentSize;
        (_hasKullbackLeibler, _klIsMonteCarlo, _infersCode) = (model.HasKullbackLeibler, model.KlIsMonteCarlo, model.InfersCode);
        _sums = zeros(2, Head + 2 * _latentSize, float64, device).DetachFromDisposeScope();
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
        // Few operations on one matrix: at every step each of them costs more than the numbers in it.
        var reconstruction = terms.Reconstruction.detach();
        var (examples, type) = (reconstruction.shape[0], reconstruction.dtype);
        var kl = terms.KullbackLeibler?.detach();
        var perDimension = kl ?? reconstruction.new_zeros(examples, _latentSize);
        if (_klIsMonteCarlo && _latentSize > 1)
            perDimension = cat([perDimension, reconstruction.new_zeros(examples, _latentSize - 1)], 1);
        var columns = cat(
        [
            reconstruction.new_ones(examples, 1),
            loss is null ? reconstruction.new_zeros(examples, 1) : loss.detach().to(type).expand(examples, 1),
            reconstruction.unsqueeze(1),
            (kl is null ? reconstruction : reconstruction.Plus(kl.sum(-1))).unsqueeze(1),
            perDimension,
            terms.Coordinates.to(type),
        ], 1).to(float64);
        _sums.select(0, 0).add_(columns.sum(dim: 0), One);
        _sums.select(0, 1).add_(columns.Squared().sum(dim: 0), One);
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
        var all = host.data<double>().ToArray();
        var (sums, squares) = (all[..(all.Length / 2)], all[(all.Length / 2)..]);
        var examples = sums[0];
        var kl = sums.Skip(Head).Take(_latentSize).Select(sum => sum / examples).ToArray();
        int[] inactive = [.. Enumerable.Range(1, _latentSize).Where(dimension => !(Variance(Head + _latentSize + dimension - 1) > ActiveVariance))];
        return new SplitTerms
        {
            Examples = (int)examples,
            Reconstruction = sums[2] / examples,
            KlPerDimension = _hasKullbackLeibler && !_klIsMonteCarlo ? kl : null,
            MonteCarloKl = _klIsMonteCarlo ? kl[0] : null,
            // Codes that are drawn from the prior alone carry nothing of an image, and nobody expects them to.
            ActiveUnits = _infersCode ? _latentSize - inactive.Length : 0,
            InactiveDimensions = _infersCode ? inactive : [],
            StandardError = Math.Sqrt(Math.Max(0, Variance(3)) / Math.Max(1, examples - 1)),
        };

        double Variance(int column) => squares[column] / examples - sums[column] / examples * (sums[column] / examples);
    }

    public void Dispose() => _sums.Dispose();
}
