using System.Diagnostics;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Elbo.Benchmarks;

/// <summary>
/// What stands for PyTorch 2: autograd with binary_cross_entropy_with_logits, libtorch's fused Adam, and batches by index_select from one
/// resident tensor, as PyTorch's users write it who leave out its DataLoader.
/// </summary>
internal sealed class PlainTraining : IDisposable
{
    private readonly TrainingModel _model;
    private readonly PlainModel _module;
    private readonly FusedAdam _adam;
    private readonly Tensor _pixels;
    private readonly Tensor _labels;
    private readonly SingleImageDataset _images;

    public PlainTraining(TrainingModel model, ExampleSet data)
    {
        random.manual_seed(1);
        _model = model;
        _module = model.IsConvolutional ? new PlainConvolutional(model) : new PlainPerceptron(model, data.Shape.Size);
        _adam = new FusedAdam(_module);
        using (var bytes = tensor(data.ToBytes(), [data.Count, data.Shape.Size], uint8))
        using (var floats = bytes.to(float32))
            _pixels = floats / 255;
        using (var labels = tensor(data.Labels.ToArray()))
            _labels = labels.to(int64);
        _images = new SingleImageDataset(_pixels, _labels);
    }

    /// <summary>Takes an epoch's steps and returns the milliseconds per step.</summary>
    public double Slice()
    {
        var started = Stopwatch.GetTimestamp();
        using var order = randperm(_pixels.shape[0], int64);
        for (var step = 0; step < _model.Steps; step++)
        {
            using var scope = NewDisposeScope();
            var indices = order.narrow(0, (long)step * _model.BatchSize, _model.BatchSize);
            Step(_pixels.index_select(0, indices), _labels.index_select(0, indices));
        }

        return Stopwatch.GetElapsedTime(started).TotalMilliseconds / _model.Steps;
    }

    /// <summary>Returns the milliseconds for loading the batches of an epoch from a DataLoader.</summary>
    public double BatchesOfAnEpoch()
    {
        using var loader = new DataLoader(_images, _model.BatchSize, shuffle: true);
        var started = Stopwatch.GetTimestamp();
        foreach (var batch in loader)
        {
            foreach (var part in batch.Values)
                part.Dispose();
        }

        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }

    public void Dispose()
    {
        _adam.Dispose();
        _module.Dispose();
        _images.Dispose();
        _pixels.Dispose();
        _labels.Dispose();
    }

    private void Step(Tensor x, Tensor label)
    {
        var condition = _model.Labels == 0 ? null : nn.functional.one_hot(label, _model.Labels).to(float32);
        var loss = _model.ImportanceSamples > 0 ? ImportanceWeighted(x, condition) : EvidenceLowerBound(x, condition);
        _adam.Minimize(loss, 1e-3);
        // Read the loss, as the examples do.
        _ = loss.item<float>();
    }

    private Tensor EvidenceLowerBound(Tensor x, Tensor? condition)
    {
        var (logits, mean, logVariance) = _module.Forward(x, condition);
        var reconstruction = nn.functional.binary_cross_entropy_with_logits(logits, x, reduction: nn.Reduction.Sum);
        return (reconstruction + _module.KullbackLeibler(mean, logVariance, condition)) / x.shape[0];
    }

    private Tensor ImportanceWeighted(Tensor x, Tensor? condition)
    {
        var (mean, logVariance) = _module.Encode(x, condition);
        var logWeights = _module.LogWeights(mean, logVariance, x, condition, _model.ImportanceSamples);
        return -(logWeights.logsumexp(0) - Math.Log(_model.ImportanceSamples)).mean();
    }
}

/// <summary>A dataset of single images as float tensors, as required by DataLoader.</summary>
internal sealed class SingleImageDataset(Tensor pixels, Tensor labels) : utils.data.Dataset
{
    public override long Count => pixels.shape[0];

    public override Dictionary<string, Tensor> GetTensor(long index) => new() { ["data"] = pixels[index], ["label"] = labels[index] };
}
