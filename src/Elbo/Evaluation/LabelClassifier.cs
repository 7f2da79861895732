using TorchSharp;
using static TorchSharp.torch;

namespace Elbo;

/// <summary>
/// A small convolutional classifier that predicts labels of images, to evaluate conditional samples. It is trained on the same images as
/// the model it evaluates, in under a minute, and kept beside the run.
/// </summary>
public sealed class LabelClassifier : IDisposable
{
    private const int Epochs = 7;
    private const int BatchSize = 128;
    private const int PredictionBatchSize = 500;
    private const double LearningRate = 1e-3;
    private const string DataKey = "data_sha256";

    private static readonly NetworkOptions Options = new() { Kind = "conv", Channels = [32, 64], Hidden = [256] };

    private readonly ConvolutionalEncoder _network;

    private LabelClassifier(ValueShape shape, int labels)
    {
        _network = new ConvolutionalEncoder(
            new NetworkLayout(shape.RequireImage("The classifier of labels"), 0, 0, 0, 1, shape.Size),
            labels, Options, new WeightNoise(0, RandomPurpose.Classifier));
    }

    /// <summary>Reads the classifier for these images from a file, or trains it and writes the file.</summary>
    /// <param name="cachePath">The file; one of a classifier of other images is replaced.</param>
    /// <param name="train">The images and their labels.</param>
    /// <param name="labels">The number of labels.</param>
    /// <param name="log">
    /// Receives a sentence before a training, which takes up to a minute, and one if the file cannot be written, as in a folder that is
    /// only readable.
    /// </param>
    /// <param name="cancellationToken">Ends the training; nothing is then written.</param>
    /// <returns>The classifier, which the caller disposes.</returns>
    /// <exception cref="InputException">The values are no images, or the file is corrupt.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static LabelClassifier LoadOrTrain(
        string cachePath,
        ExampleSet train,
        int labels,
        Action<string>? log = null,
        CancellationToken cancellationToken = default)
    {
        var classifier = new LabelClassifier(train.Shape, labels);
        try
        {
            if (classifier.TryLoad(cachePath, train))
                return classifier;
            log?.Invoke($"Training the classifier that reads the samples, once for this run ({Epochs} epochs)");
            classifier.Train(train, cancellationToken);
            classifier.Keep(cachePath, train, log);
            return classifier;
        }
        catch
        {
            classifier.Dispose();
            throw;
        }
    }

    /// <summary>The share of images that are read as their labels.</summary>
    /// <param name="data">The images and their labels.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The share, from 0 to 1.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public double Accuracy(ExampleSet data, CancellationToken cancellationToken = default)
    {
        var reader = new BatchReader(data, Binarization.None, 0, RandomPurpose.Classifier, CPU);
        long right = 0;
        for (var start = 0; start < data.Count; start += PredictionBatchSize)
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            var batch = reader.Slice(start, Math.Min(PredictionBatchSize, data.Count - start));
            right += CountRight(batch.Values, batch.Labels!);
        }

        return (double)right / data.Count;
    }

    /// <summary>How many of some images are read as one label.</summary>
    /// <param name="images">The images.</param>
    /// <param name="label">The label.</param>
    /// <returns>Their number.</returns>
    public long CountRead(ExampleValues images, int label)
    {
        using var scope = NewDisposeScope();
        var pixels = tensor(images.Values.ToArray(), [images.Count, images.Shape.Size], float32);
        return CountRight(pixels, full(images.Count, Number(label), int64));
    }

    /// <inheritdoc/>
    public void Dispose() => _network.Dispose();

    private IEnumerable<(string Name, Tensor Value)> NamedParameters =>
        _network.named_parameters().Select(named => (named.name, (Tensor)named.parameter));

    private long CountRight(Tensor pixels, Tensor labels)
    {
        using var _ = no_grad();
        return _network.forward(pixels, null).argmax(-1).eq(labels).sum().item<long>();
    }

    private bool TryLoad(string path, ExampleSet train)
    {
        if (!File.Exists(path))
            return false;
        // Before anything is read that only claims to be a classifier.
        var header = SafetensorsFile.ReadHeader(path);
        if (!header.Metadata.TryGetValue(DataKey, out var trainedOn) || trainedOn != train.Sha256
            || header.Tensors.Sum(tensor => tensor.End - tensor.Begin) > NamedParameters.Sum(named => named.Value.numel()) * sizeof(double))
            return false;
        TensorEntries.CopyInto(SafetensorsFile.Read(path), path, NamedParameters);
        return true;
    }

    private void Keep(string path, ExampleSet train, Action<string>? log)
    {
        using var scope = NewDisposeScope();
        try
        {
            SafetensorsFile.Write(
                path,
                [.. NamedParameters.Select(named => TensorEntries.FromTensor(named.Name, named.Value))],
                new Dictionary<string, string> { [DataKey] = train.Sha256 });
        }
        catch (EnvironmentException exception)
        {
            log?.Invoke($"Note: the classifier is not kept for the next time: {exception.Message}");
        }
    }

    private void Train(ExampleSet data, CancellationToken cancellationToken)
    {
        var reader = new BatchReader(data, Binarization.None, 0, RandomPurpose.Classifier, CPU);
        using var optimizer = new FusedAdam(_network);
        for (var epoch = 1; epoch <= Epochs; epoch++)
        {
            foreach (var positions in reader.Shuffle(0, RandomPurpose.Classifier, epoch).Chunk(BatchSize))
            {
                cancellationToken.ThrowIfCancellationRequested();
                using var scope = NewDisposeScope();
                var batch = reader.Gather(positions, epoch);
                var loss = nn.functional.cross_entropy(_network.forward(batch.Values, null), batch.Labels!);
                optimizer.Minimize(loss, LearningRate * (Epochs - epoch + 1) / Epochs);
            }
        }
    }
}
