using System.Numerics;

namespace Elbo;

/// <summary>
/// A step for batches of one size, in memory that is there already: every thread runs through all of it, and meets the others where one
/// needs what another has computed.
/// </summary>
internal sealed unsafe class FusedStep<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // What a thread computes of a gradient of weights before Adam reads it: little enough to stay in a cache, and so much that libtorch
    // does not prepare a large batch for many small products.
    private const int ScratchNumbers = 3 << 16;

    private readonly StandardParts _parts;
    private readonly FusedLikelihood<T> _likelihood;
    private readonly ThreadTeam _team;
    private readonly FusedThread<T>[] _threads;
    private readonly FusedNetwork<T> _encoder;
    private readonly FusedNetwork<T> _decoder;
    private readonly FusedNetwork<T>? _prior;
    private readonly FusedLatent<T> _latent;
    private readonly KeptMatrix<T> _values;
    private readonly KeptMatrix<T> _partialSums;
    private readonly int _draws;

    /// <param name="parts">The model.</param>
    /// <param name="parameters">The memory of its parameters.</param>
    /// <param name="likelihood">Its likelihood.</param>
    /// <param name="team">The threads.</param>
    /// <param name="examples">The examples of a batch.</param>
    /// <param name="draws">The draws of z for each.</param>
    public FusedStep(
        StandardParts parts,
        IReadOnlyDictionary<MultilayerPerceptron, FusedParameter<T>[]> parameters,
        FusedLikelihood<T> likelihood,
        ThreadTeam team,
        int examples,
        int draws)
    {
        (_parts, _likelihood, _team, _draws, Examples) = (parts, likelihood, team, draws, examples);
        var widest = parts.Networks.SelectMany(network => network.Layers).Max(layer => (int)layer.Weight.shape[1]);
        _threads =
        [
            .. Enumerable.Range(0, team.Count)
                .Select(thread => new FusedThread<T>(team, thread, Math.Max(ScratchNumbers, widest))),
        ];
        _encoder = Network(parts.Encoder, rowsPerExample: 1, differentiatesInput: false);
        _decoder = Network(parts.Decoder, draws, differentiatesInput: true);
        _prior = parts.Prior is null ? null : Network(parts.Prior.Network, rowsPerExample: 1, differentiatesInput: false);
        _latent = new(_encoder.Output, _prior?.Output, parts.IsGaussian, parts.Model.LatentSize, draws);
        _values = new(examples, parts.Model.Shape.Size);
        _partialSums = new(team.Count, examples * draws);
        Reconstruction = new(1, examples);

        FusedNetwork<T> Network(MultilayerPerceptron network, int rowsPerExample, bool differentiatesInput) =>
            new(network, parameters[network], examples, rowsPerExample, differentiatesInput, _threads);
    }

    /// <summary>The threads.</summary>
    public ThreadTeam Team => _team;

    public int Examples { get; }

    /// <summary>-log p(x|z,c) of each example, averaged over its draws, <c>[1, batch]</c>.</summary>
    public KeptMatrix<T> Reconstruction { get; }

    /// <inheritdoc cref="FusedLatent{T}.Kl"/>
    public KeptMatrix<T> Kl => _latent.Kl;

    /// <inheritdoc cref="FusedLatent{T}.Coordinates"/>
    public KeptMatrix<T> Coordinates => _latent.Coordinates;

    /// <summary>Whether this step is for a batch.</summary>
    public bool Fits(FusedInputs<T> inputs) => (inputs.Examples, inputs.Draws) == (Examples, _draws);

    /// <summary>Runs the step.</summary>
    /// <param name="inputs">The batch.</param>
    /// <param name="between">
    /// Called on the first thread between the two passes, with what the forward pass has left in the public matrices. Returns what the
    /// backward pass needs, or null to leave it out.
    /// </param>
    public void Run(FusedInputs<T> inputs, Func<FusedSlopes<T>?> between)
    {
        FusedSlopes<T>? slopes = null;
        _team.Run(index =>
        {
            var thread = _threads[index];
            Forward(thread, inputs);
            thread.Meet();
            if (index == 0)
            {
                AverageReconstruction();
                slopes = between();
            }

            thread.Meet();
            if (slopes is not null)
                Backward(thread, inputs, slopes);
        });
    }

    public void Dispose()
    {
        foreach (var owned in (IDisposable?[])
            [.. _threads, _encoder, _decoder, _prior, _latent, _values, _partialSums, Reconstruction])
        {
            owned?.Dispose();
        }
    }

    private void Forward(FusedThread<T> thread, FusedInputs<T> inputs)
    {
        var (examples, values) = (thread.ShareOf(Examples, 1), _values.Columns);
        Copy(inputs.Values, values, _values, 0, examples);
        Copy(inputs.Visible, values, _encoder.Input, 0, examples);
        Copy(inputs.EncoderFeatures, inputs.EncoderFeatureCount, _encoder.Input, values, examples);
        if (_prior is not null)
            Copy(inputs.Features, inputs.FeatureCount, _prior.Input, 0, examples);
        if (_parts.Model.Decoder.SeesCondition)
            Copy(inputs.Features, inputs.FeatureCount, _decoder.Input, _parts.Model.LatentSize, examples, _draws);
        _encoder.Forward(thread, isForExamples: true);
        _prior?.Forward(thread, isForExamples: true);
        _latent.Forward(examples, inputs.Noise, _decoder.Input);
        _decoder.Forward(thread, isForExamples: false);

        var (rows, columns) = _decoder.OutputOf(thread);
        new Span<T>(_partialSums.Row(thread.Index), _partialSums.Columns).Clear();
        for (var row = rows.Start; row < rows.End; row++)
        {
            var example = row / _draws;
            var shown = inputs.Target == null ? null : inputs.Target + (long)example * inputs.TargetStride + columns.Start;
            _partialSums.Row(thread.Index)[row] = _likelihood.Row(
                _decoder.Output.Row(row) + columns.Start, _values.Row(example) + columns.Start, shown, columns.Count);
        }
    }

    private void Backward(FusedThread<T> thread, FusedInputs<T> inputs, FusedSlopes<T> slopes)
    {
        var examples = thread.ShareOf(Examples, 1);
        _decoder.Backward(thread, slopes.DecoderRule, isFromExamples: false);
        if (slopes.DecoderIsDone is { } announce)
        {
            thread.Meet();
            if (thread.Index == 0)
                announce();
        }

        fixed (T* toKl = slopes.ToKl)
            _latent.Backward(examples, inputs.Noise, _decoder.ToInput, slopes.ToReconstruction, toKl);
        _encoder.Backward(thread, slopes.Rule, isFromExamples: true);
        if (slopes.TrainsPrior)
            _prior?.Backward(thread, slopes.Rule, isFromExamples: true);
        thread.Meet();
    }

    private void AverageReconstruction()
    {
        var divisor = T.CreateChecked(_draws);
        var constant = T.CreateChecked(_parts.Model.Standardization?.LogScale ?? 0);
        for (var example = 0; example < Examples; example++)
        {
            var sum = T.Zero;
            for (var row = example * _draws; row < (example + 1) * _draws; row++)
            {
                for (var thread = 0; thread < _partialSums.Rows; thread++)
                    sum += _partialSums.Row(thread)[row];
            }

            Reconstruction.Data[example] = sum / divisor + constant;
        }
    }

    private static void Copy(T* source, int width, KeptMatrix<T> target, int column, IndexRange examples, int draws = 1)
    {
        for (var row = examples.Start * draws; row < examples.End * draws && width > 0; row++)
            new Span<T>(source + (long)(row / draws) * width, width).CopyTo(new Span<T>(target.Row(row) + column, width));
    }
}
