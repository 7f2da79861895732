using TorchSharp;
using static TorchSharp.torch;

namespace Elbo.Story.Tests;

/// <summary>A model of the story as one of the library, with the story's weights or those that its file has.</summary>
internal static class LibraryModel
{
    /// <summary>The weights as trained, in half precision.</summary>
    public static LatentVariableModel AsTrained(StoryModel model)
    {
        var created = model.Configuration.CreateModel();
        HalfPrecisionWeights.Load(
            Path.Combine(RepositoryRoot.Path, "src", "Elbo.Story", "models", model.Id, "weights.safetensors"), created);
        return created;
    }

    /// <summary>The weights that the quantised ones of the page stand for.</summary>
    public static LatentVariableModel Quantized(StoryModel model)
    {
        var created = model.Configuration.CreateModel();
        using var _ = no_grad();
        var parameters = created.named_parameters().ToDictionary(named => named.name, named => named.parameter);
        var count = Set("encoder.body", model.Encoder) + Set("decoder.body", model.Decoder);
        if (model.Prior is { } prior)
            count += Set("prior.parameters", prior);
        Assert.Equal(parameters.Count, count);
        return created;

        int Set(string name, DenseNetwork network)
        {
            foreach (var (index, layer) in network.Layers.Index())
            {
                using var weight = tensor(layer.Weight, [layer.Outputs, layer.Inputs]);
                using var bias = tensor(layer.Bias);
                parameters[$"{name}.dense{index}.weight"].copy_(weight);
                parameters[$"{name}.dense{index}.bias"].copy_(bias);
            }

            return 2 * network.Layers.Count;
        }
    }
}
