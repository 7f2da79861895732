using System.Runtime.InteropServices;
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

    // One column for: an example, the loss, the reconstruction, the bound, then the KL and the coordinate of each latent dimension. The
    // first row holds the sums, the second those of the squares. A KL without parts is in the column of its group's first dimension.
    internal const int Head = 4;
    internal const int LossColumn = 1;
    internal const int ReconstructionColumn = 2;
    internal const int BoundColumn = 3;
    private readonly GenerativeModel _model;
    private readonly int _latentSize;
    private readonly Tensor _sums;
    private readonly DeferredTerms _deferred = new();
    private readonly Action<Tensor>? _added;
    private double[] _bound = [];
    private double[] _numbers = [];

    /// <param name="model">The model whose terms are added.</param>
    /// <param name="device">Its device.</param>
    /// <param name="added">
    /// Is given what each batch added, <c>[batches, columns]</c>, on devices other than the processor, where it cannot be read at any time.
    /// </param>
    public TermAccumulator(GenerativeModel model, Device device, Action<Tensor>? added = null)
    {
        (_model, _latentSize, _added) = (model, model.LatentSize, added);
        _sums = zeros(2, Head + 2 * _latentSize, float64, device).DetachFromDisposeScope();
    }

    /// <summary>The sums of this process, without what is deferred.</summary>
    public Tensor Sums => _sums;

    /// <summary>The number of batches whose terms are not added yet.</summary>
    public int DeferredBatches => _deferred.Count;

    public void Reset()
    {
        using var scope = NewDisposeScope();
        _deferred.Clear();
        _sums.zero_();
    }

    /// <summary>Adds a batch; <paramref name="loss"/> is its loss, a scalar or <c>[batch]</c>, where there is one.</summary>
    public void Add(BoundTerms terms, Tensor? loss = null)
    {
        if (_sums.device_type == DeviceType.CPU)
            AddOnHost(terms, loss);
        else
            AddOnDevice(terms, loss);
    }

    /// <summary>Adds a batch as operations of a device, with those after it.</summary>
    internal void AddOnDevice(BoundTerms terms, Tensor? loss)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        if (_deferred.IsFullFor(terms.Reconstruction.shape[0]))
            AddDeferred();
        var kl = _model.LatentGroups.SelectMany(group => Columns(group, terms, terms.Reconstruction)).ToList();
        _deferred.Add(loss, terms.Reconstruction, kl.Count == 1 ? kl[0] : cat(kl, 1), terms.Coordinates);
    }

    /// <summary>
    /// Adds the deferred batches to the sums; does not wait for the device. It is called at the same steps of every run, because the last
    /// bits depend on which batches are added together.
    /// </summary>
    public void AddDeferred()
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        if (AddDeferredTo(_sums) is not { } added)
            return;
        _deferred.Clear();
        _added?.Invoke(added);
    }

    /// <summary>The mean loss over the batches added so far, in this process.</summary>
    public double MeanLoss()
    {
        var sums = ReadSums();
        return sums[LossColumn] / sums[0];
    }

    /// <summary>Adds the sums of several processes; every process then has the same ones.</summary>
    public void SumOver(IProcessGroup processes)
    {
        if (processes.Count > 1)
            processes.Sum(_sums);
    }

    /// <summary>
    /// What a checkpoint holds: the sums, <c>[2, columns]</c>, or those of each of several processes, <c>[processes, 2, columns]</c>, so
    /// that a training that resumes adds the same numbers in the same order. Every process calls this.
    /// </summary>
    public Tensor GatherForCheckpoint(IProcessGroup processes)
    {
        AddDeferred();
        if (processes.Count == 1)
            return _sums.alias();
        var all = zeros([processes.Count, .. _sums.shape], float64, CPU);
        all[processes.Rank].copy_(_sums);
        processes.Sum(all);
        return all;
    }

    /// <summary>Takes the sums of this process out of those of a checkpoint.</summary>
    /// <param name="all">What <see cref="GatherForCheckpoint"/> returned, with any number of processes.</param>
    /// <param name="processes">The processes that go on.</param>
    public void Restore(Tensor all, IProcessGroup processes)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        _deferred.Clear();
        var each = all.reshape([-1, .. _sums.shape]);
        if (each.shape[0] == processes.Count)
            _sums.copy_(each[processes.Rank]);
        else if (processes.Rank == 0)
            _sums.copy_(each.sum(dim: 0));
        else
            _sums.zero_();
    }

    public SplitTerms Read()
    {
        var all = ReadSums();
        var (sums, squares) = (all[..(all.Length / 2)], all[(all.Length / 2)..]);
        var examples = sums[0];
        var first = Head + _latentSize - 1;
        int[] inactive = [.. Enumerable.Range(1, _latentSize).Where(dimension => !(Variance(first + dimension) > ActiveVariance))];
        return new SplitTerms
        {
            Examples = (int)examples,
            Reconstruction = sums[ReconstructionColumn] / examples,
            KlTerms = [.. ReadKl(sums.AsSpan(Head, _latentSize).ToArray(), examples)],
            // Codes drawn from the prior have no information about an image, so no unit is active or inactive.
            ActiveUnits = _model.InfersCode ? _latentSize - inactive.Length : 0,
            InactiveDimensions = _model.InfersCode ? inactive : [],
            StandardError = examples > 1 ? Math.Sqrt(Math.Max(0, Variance(BoundColumn)) / (examples - 1)) : double.NaN,
        };

        double Variance(int column) => squares[column] / examples - sums[column] / examples * (sums[column] / examples);
    }

    public void Dispose()
    {
        _deferred.Dispose();
        _sums.Dispose();
    }

    // What is deferred stays so: a progress display reads at any step.
    private double[] ReadSums()
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var sums = _sums.clone();
        AddDeferredTo(sums);
        return sums.cpu().data<double>().ToArray();
    }

    private Tensor? AddDeferredTo(Tensor sums)
    {
        if (_deferred.Columns() is not { } columns)
            return null;
        var added = columns.sum(dim: 1);
        sums.select(0, 0).add_(added.sum(dim: 0), One);
        sums.select(0, 1).add_(columns.Squared().sum([0, 1]), One);
        return added;
    }

    // In one pass over each term, in memory that is kept: a few calls of libtorch would take longer.
    private void AddOnHost(BoundTerms terms, Tensor? loss)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var examples = (int)terms.Reconstruction.shape[0];
        var bound = Numbers(terms.Reconstruction, ref _bound)[..examples];
        AddColumns(ReconstructionColumn, 1, bound);
        foreach (var term in terms.KlTerms)
        {
            var width = (int)term.Parts.shape[1];
            var parts = Numbers(term.Parts, ref _numbers);
            AddColumns(Head + _model.LatentGroups.TakeWhile(group => group.Name != term.Name).Sum(group => group.Size), width, parts);
            for (var i = 0; i < parts.Length; i++)
                bound[i / width] += parts[i];
        }

        AddColumns(BoundColumn, 1, bound);
        AddColumns(Head + _latentSize, _latentSize, Numbers(terms.Coordinates, ref _numbers));
        bound.Fill(1);
        AddColumns(0, 1, bound);
        if (loss is null)
            return;
        // A scalar is the loss of every example.
        var losses = Numbers(loss, ref _numbers);
        if (losses.Length == 1)
            bound.Fill(losses[0]);
        AddColumns(LossColumn, 1, losses.Length == 1 ? bound : losses);
    }

    private void AddColumns(int first, int width, ReadOnlySpan<double> rows)
    {
        var all = MemoryMarshal.Cast<byte, double>(_sums.bytes);
        var sums = all.Slice(first, width);
        var squares = all.Slice(all.Length / 2 + first, width);
        for (var i = 0; i < rows.Length; i += width)
        {
            for (var column = 0; column < width; column++)
            {
                var value = rows[i + column];
                sums[column] += value;
                squares[column] += value * value;
            }
        }
    }

    private static Span<double> Numbers(Tensor values, ref double[] memory)
    {
        var count = (int)values.numel();
        if (memory.Length < count)
            memory = new double[count];
        var contiguous = values.detach().contiguous();
        if (values.dtype == ScalarType.Float32)
        {
            var floats = MemoryMarshal.Cast<byte, float>(contiguous.bytes);
            for (var i = 0; i < floats.Length; i++)
                memory[i] = floats[i];
        }
        else
        {
            MemoryMarshal.Cast<byte, double>(contiguous.to(float64).bytes).CopyTo(memory);
        }

        GC.KeepAlive(contiguous);
        return memory.AsSpan(0, count);
    }

    private static IEnumerable<Tensor> Columns(LatentGroup group, BoundTerms terms, Tensor like)
    {
        var parts = terms.KlTerms.FirstOrDefault(term => term.Name == group.Name)?.Parts.detach();
        if (parts is not null)
            yield return parts;
        var missing = group.Size - (parts?.shape[1] ?? 0);
        if (missing > 0)
            yield return like.new_zeros(like.shape[0], missing);
    }

    private IEnumerable<KlFigure> ReadKl(double[] sums, double examples)
    {
        var start = 0;
        foreach (var group in _model.LatentGroups)
        {
            var means = sums[start..(start += group.Size)].Select(sum => sum / examples).ToArray();
            var term = _model.TermsOfModel.Kl.FirstOrDefault(kl => kl.Group == group.Name);
            if (term.Group is not null)
                yield return new KlFigure(group.Name, means.Sum(), term.HasParts ? means : null, term.IsMonteCarlo);
        }
    }
}
