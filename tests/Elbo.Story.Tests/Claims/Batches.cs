using TorchSharp;
using static TorchSharp.torch;

namespace Elbo.Story.Tests;

/// <summary>The networks of the story over many inputs at once, by libtorch.</summary>
internal static class Batches
{
    /// <summary>The outputs for several inputs, one after another.</summary>
    public static float[] Run(DenseNetwork network, float[] inputs)
    {
        using var _ = no_grad();
        using var scope = NewDisposeScope();
        var values = tensor(inputs, [inputs.Length / network.Inputs, network.Inputs]);
        foreach (var (index, layer) in network.Layers.Index())
        {
            values = nn.functional.linear(values, tensor(layer.Weight, [layer.Outputs, layer.Inputs]), tensor(layer.Bias));
            if (index < network.Layers.Count - 1)
                values = values.relu();
        }

        return values.data<float>().ToArray();
    }

    /// <summary>The mean pictures of codes, which the features of the condition follow where the decoder sees them.</summary>
    public static float[] Decode(StoryModel model, float[] inputs) =>
        [.. Run(model.Decoder, inputs).Select(logit => 1 / (1 + MathF.Exp(-logit)))];

    /// <summary>What the classifier reads each picture as, and how sure it is.</summary>
    public static (int Label, double Confidence)[] Read(StoryModels models, float[] pictures)
    {
        var logits = Run(models.Classifier.Network, pictures);
        return
        [
            .. logits.Chunk(models.Classifier.Network.Outputs).Select(scores =>
            {
                var largest = scores.Max();
                return (Array.IndexOf(scores, largest), 1 / scores.Sum(score => Math.Exp(score - largest)));
            }),
        ];
    }

    /// <summary>log p(x|z) of pictures with pixels 0 or 1: one for each code, or the same for all.</summary>
    public static double[] LogLikelihoods(StoryModel model, float[] codes, float[] pictures)
    {
        using var _ = no_grad();
        using var scope = NewDisposeScope();
        var pixels = model.Decoder.Outputs;
        var logits = tensor(Run(model.Decoder, codes), [codes.Length / model.LatentSize, pixels]);
        var white = tensor(pictures, [pictures.Length / pixels, pixels]);
        var sums = white.mul(logits).sub(nn.functional.softplus(logits)).sum(1);
        return [.. sums.data<float>().ToArray().Select(value => (double)value)];
    }

    /// <summary>The Euclidean distance of each picture to the nearest of <paramref name="others"/>, or to the second nearest.</summary>
    public static double[] NearestDistances(float[] pictures, float[] others, int pixels, bool second = false)
    {
        using var _ = no_grad();
        using var scope = NewDisposeScope();
        var distances = cdist(tensor(pictures, [pictures.Length / pixels, pixels]), tensor(others, [others.Length / pixels, pixels]));
        var (nearest, _) = distances.topk(second ? 2 : 1, 1, largest: false);
        return [.. nearest.select(1, second ? 1 : 0).contiguous().data<float>().ToArray().Select(value => (double)value)];
    }
}
