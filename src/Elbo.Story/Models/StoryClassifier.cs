namespace Elbo.Story;

/// <summary>The reader of digits: from grey pixels to the logits of the ten labels.</summary>
/// <param name="Network">Its layers.</param>
/// <param name="Figures">What is measured of it.</param>
internal sealed record StoryClassifier(DenseNetwork Network, StoryFigures Figures)
{
    /// <summary>Its name in the page.</summary>
    public const string Id = "classifier";

    /// <summary>Quantises the weights of a file.</summary>
    public static StoryClassifier Of(StoryFigures figures, Pack weights)
    {
        var layers = new List<QuantizedLayer>();
        while (weights.Find($"layer.{layers.Count}.weight") is { } weight)
            layers.Add(QuantizedLayer.Of(weight.ToFloats(), weights[$"layer.{layers.Count}.bias"].ToFloats()));
        return new StoryClassifier(new DenseNetwork(layers), figures);
    }

    /// <summary>The label that an image is read as, and its probability.</summary>
    public (int Label, double Confidence) Read(ReadOnlySpan<double> pixels)
    {
        var logits = Network.Run(pixels);
        var best = Array.IndexOf(logits, logits.Max());
        return (best, 1 / logits.Sum(logit => Math.Exp(logit - logits[best])));
    }
}
