using Elbo.Inference;
using TorchSharp;

namespace Elbo.Tests;

/// <summary>Examples, and what the library computes of them.</summary>
internal sealed class ExpectedResults : IDisposable
{
    private readonly DisposeScope _scope = torch.NewDisposeScope();
    private readonly LatentVariableModel _model;
    private readonly Batch _batch;
    private readonly float[]? _features;
    private readonly torch.Tensor _epsilon;

    public ExpectedResults(LatentVariableModel model, ExampleSet examples, ulong seed = 5)
    {
        using var _ = torch.no_grad();
        (_model, Count) = (model, examples.Count);
        _batch = model.Reader(examples, seed: seed).Slice(0, Count);
        _features = _batch.Features is { } features ? Numbers(features) : null;
        Inputs = new SavedInputs(model, examples, seed);
        _epsilon = torch.tensor(Inputs.Epsilon, [Count, model.LatentSize]);
        Decoded = model.LatentSize == 0
            ? model.Sample(Inputs.Epsilon, _features).Values.ToArray()
            : model.Decode(new LatentCodes(model.LatentSize, Inputs.Epsilon), _features).Values.ToArray();
        Sampled = model.Sample(Inputs.Epsilon, _features).Values.ToArray();
        var terms = model.Terms(_batch, _epsilon);
        Reconstruction = Numbers(terms.Reconstruction);
        Kl = terms.KlTerms is [var kl] ? Numbers(kl.PerDraw) : [];
    }

    public int Count { get; }

    public SavedInputs Inputs { get; }

    public float[] Decoded { get; }

    public float[] Sampled { get; }

    public float[] Reconstruction { get; }

    public float[] Kl { get; }

    public (float[] Mean, float[]? LogVariance) Prior => Moments(_model.Prior.At(_batch.Features));

    public (float[] Mean, float[]? LogVariance) Posterior => Moments(_model.Encode(_batch.Values, _batch.Features));

    public void Dispose() => _scope.Dispose();

    private (float[] Mean, float[]? LogVariance) Moments(LatentDistribution distribution)
    {
        using var _ = torch.no_grad();
        return (OfEach(distribution.Mean), distribution.HasDensity ? OfEach(distribution.Variance.log()) : null);
    }

    // What is the same for every example has one row.
    private float[] OfEach(torch.Tensor rows) => Numbers(rows.expand(Count, rows.shape[1]));

    private static float[] Numbers(torch.Tensor tensor) => tensor.to(torch.ScalarType.Float32).contiguous().data<float>().ToArray();
}

/// <summary>Examples as arrays.</summary>
internal sealed class SavedInputs(LatentVariableModel model, ExampleSet examples, ulong seed)
{
    private readonly float[] _values = Read<float>(examples, (set, rows, values) => set.Read(rows, values.AsSpan()));
    private readonly double[] _attributes = examples.Attributes is { } attributes
        ? Read<double>(attributes, (set, rows, values) => set.Read(rows, values.AsSpan()))
        : [];

    public float[] Epsilon { get; } = model.Epsilon(examples.Count, seed);

    public ModelInputs ToModelInputs() => ToModelInputs(0, examples.Count);

    /// <summary>A part of the examples.</summary>
    public ModelInputs ToModelInputs(int start, int count) => new()
    {
        Values = Part<float>(_values, start, count),
        Visible = Part<float>(_values, start, count),
        Labels = Part(examples.Labels.Span, start, count),
        Attributes = Part<double>(_attributes, start, count),
        Codes = Part<float>(Epsilon, start, count),
        Epsilon = Part<float>(Epsilon, start, count),
    };

    private ReadOnlySpan<T> Part<T>(ReadOnlySpan<T> numbers, int start, int count)
    {
        var width = numbers.Length / examples.Count;
        return numbers.Slice(start * width, count * width);
    }

    private static T[] Read<T>(ExampleSet set, Action<ExampleSet, int[], T[]> read)
    {
        var values = new T[set.Count * set.Shape.Size];
        read(set, [.. Enumerable.Range(0, set.Count)], values);
        return values;
    }
}
