using System.Globalization;

namespace Elbo.Story;

/// <summary>The packs of networks: <c>NAME.weight</c> in 8 bits with <c>NAME.weight.scale</c>, biases in single precision.</summary>
internal static class ModelPack
{
    /// <summary>The pack of a model.</summary>
    /// <param name="model">The model, without its encoder.</param>
    public static Pack Of(StoryModel model)
    {
        var tensors = new List<PackTensor>();
        AddNetwork(tensors, "decoder", model.Decoder);
        if (model is { Prior: not null, Condition: LabelCondition labels })
            AddPriorOfLabels(tensors, model, labels.Count);
        else if (model.Prior is { } prior)
            AddNetwork(tensors, "prior", prior);
        var configuration = model.Configuration;
        var metadata = new Dictionary<string, string>
        {
            ["latent"] = model.LatentSize.ToString(CultureInfo.InvariantCulture),
            ["posterior"] = configuration.Model.Posterior,
            ["logVarianceBound"] = LogVarianceBound.Limit.ToString(CultureInfo.InvariantCulture),
            ["condition"] = model.Condition switch
            {
                LabelCondition => "label",
                RegionCondition => "region",
                _ => "none",
            },
            ["decoderSees"] = model.Condition is not null && configuration.Model.ConditionDecoder ? "true" : "false",
            ["klWeight"] = (model.IsPoint ? 0 : configuration.Objective.KlWeight.Final).ToString(CultureInfo.InvariantCulture),
        };
        if (model.Condition is RegionCondition region)
            metadata["visible"] = region.Visible;
        return new Pack(NameOf(model.Id), tensors, metadata);
    }

    /// <summary>The name of a model's pack.</summary>
    public static string NameOf(string id) => $"model-{id}";

    /// <summary>The pack of the encoder with which the page encodes images that are drawn in it.</summary>
    public static Pack EncoderOf(StoryModel model)
    {
        var tensors = new List<PackTensor>();
        AddNetwork(tensors, "encoder", model.Encoder);
        return new Pack(EncoderNameOf(model.Id), tensors, new Dictionary<string, string>());
    }

    /// <summary>The name of the pack of a model's encoder.</summary>
    public static string EncoderNameOf(string id) => $"encoder-{id}";

    /// <summary>The pack of the classifier.</summary>
    public static Pack Of(StoryClassifier classifier)
    {
        var tensors = new List<PackTensor>();
        AddNetwork(tensors, "classifier", classifier.Network);
        return new Pack(NameOf(StoryClassifier.Id), tensors, new Dictionary<string, string>());
    }

    /// <summary>Adds the layers of a network, which are quantised.</summary>
    public static void AddNetwork(List<PackTensor> tensors, string name, DenseNetwork network)
    {
        foreach (var (index, layer) in network.Layers.Cast<QuantizedLayer>().Index())
        {
            tensors.Add(PackTensor.OfSignedBytes($"{name}.{index}.weight", layer.Integers, layer.Outputs, layer.Inputs));
            tensors.Add(PackTensor.OfFloats($"{name}.{index}.weight.scale", layer.Scales, layer.Outputs));
            tensors.Add(PackTensor.OfFloats($"{name}.{index}.bias", layer.Bias, layer.Outputs));
        }
    }

    private static void AddPriorOfLabels(List<PackTensor> tensors, StoryModel model, int labels)
    {
        var priors = Enumerable.Range(0, labels).Select(label => model.PriorAt(OneHot.Of(label, labels))).ToList();
        tensors.Add(PackTensor.OfFloats("prior.mean", Floats(priors.SelectMany(prior => prior.Mean)), labels, model.LatentSize));
        if (priors[0].LogVariance is not null)
        {
            tensors.Add(PackTensor.OfFloats(
                "prior.logVariance", Floats(priors.SelectMany(prior => prior.LogVariance!)), labels, model.LatentSize));
        }
    }

    private static float[] Floats(IEnumerable<double> values) => [.. values.Select(value => (float)value)];
}
