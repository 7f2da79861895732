using Elbo.Story;
using Elbo.Studio;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Elbo.StudioModels;

/// <summary>
/// The story's reader of digits, 784-64-10 with a ReLU: small enough for the page, which asks it what its own pictures look like.
/// </summary>
internal static class StoryClassifier
{
    /// <summary>The name of its folder.</summary>
    public const string Id = "classifier";

    private const int Hidden = 64;
    private const int Labels = 10;
    private const int Epochs = 20;
    private const int BatchSize = 200;
    private const double LearningRate = 2e-3;

    // Pictures that a decoder draws are softer than digits: pulling the weights together keeps the confidence from saturating.
    private const double WeightDecay = 1e-4;

    /// <summary>Trains it and writes its weights and its accuracy, unless they exist.</summary>
    public static void Train(Dataset mnist, string output, TextWriter log, CancellationToken cancellationToken)
    {
        var folder = new ModelFolder(Path.Combine(output, Id));
        if (File.Exists(folder.Figures))
        {
            log.WriteLine($"{Id}: exists");
            return;
        }

        Directory.CreateDirectory(folder.Path);
        using var scope = NewDisposeScope();
        var noise = new WeightNoise(0);
        var pixels = mnist.Train.Shape.Size;
        using var hidden = new Dense(pixels, Hidden, noise);
        using var last = new Dense(Hidden, Labels, noise);
        Parameter[] parameters = [hidden.Weight, hidden.Bias, last.Weight, last.Bias];
        using var optimizer = optim.Adam(parameters, LearningRate, weight_decay: WeightDecay);
        using var reading = Vae.Create(mnist.Train.Shape);
        var reader = reading.Reader(mnist.Train, Binarization.None);
        for (var epoch = 1; epoch <= Epochs; epoch++)
        {
            foreach (var group in optimizer.ParamGroups)
                group.LearningRate = LearningRate * (Epochs - epoch + 1) / Epochs;
            foreach (var rows in reader.Shuffle(0, epoch).Chunk(BatchSize))
            {
                cancellationToken.ThrowIfCancellationRequested();
                using var step = NewDisposeScope();
                var batch = reader.Gather(rows);
                var loss = nn.functional.cross_entropy(Logits(batch.Values), batch.Labels!);
                optimizer.zero_grad();
                loss.backward();
                optimizer.step();
            }
        }

        Write("layer.0.weight", "layer.0.bias", "layer.1.weight", "layer.1.bias");
        var test = reading.Reader(mnist.Test, Binarization.None);
        var all = test.Slice(0, test.Count);
        using var _ = no_grad();
        var accuracy = Logits(all.Values).argmax(-1).eq(all.Labels!).to(float64).mean().item<double>();
        AtomicFile.WriteText(folder.Figures, new StoryFigures
        {
            Examples = test.Count,
            Accuracy = accuracy,
            StandardError = Math.Sqrt(accuracy * (1 - accuracy) / test.Count),
        }.ToJson());
        log.WriteLine(FormattableString.Invariant($"{Id}: accuracy {accuracy:P2}"));

        Tensor Logits(Tensor images) => last.forward(hidden.forward(images).relu());

        void Write(params string[] names)
        {
            var tensors = parameters.Zip(names, (parameter, name) => PackTensor.OfHalves(
                name,
                parameter.detach().contiguous().data<float>().ToArray(),
                [.. parameter.shape.Select(size => (int)size)]));
            AtomicFile.WriteBytes(folder.Weights, new Pack(Id, [.. tensors], new Dictionary<string, string>()).ToBytes());
        }
    }
}
