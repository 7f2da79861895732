using System.Globalization;

namespace Elbo.Story;

/// <summary>
/// The decoder of a model of the library for a page that decodes codes while a hand moves: the weights in one pack, and in another, small
/// one what a condition changes, so that the features of a condition are no input of the page.
/// </summary>
internal sealed class HandDecoder
{
    private const string Relu = "relu";
    private const string Perceptron = "mlp";
    private const string Body = "decoder.body";
    private const string Name = "decoder";

    private readonly ModelOptions _model;
    private readonly float[] _featureWeights;

    private HandDecoder(ModelOptions model, DenseNetwork network, float[] featureWeights) =>
        (_model, Network, _featureWeights) = (model, network, featureWeights);

    /// <summary>The network from codes to logits, with quantised weights, and with the biases of features that are all 0.</summary>
    public DenseNetwork Network { get; }

    /// <summary>The number of features that the decoder sees of a condition.</summary>
    private int Features => _featureWeights.Length / Network.Layers[0].Outputs;

    /// <summary>
    /// Whether pages compute what the library's decoder does: layers with ReLUs, and as the mean of p(x|z,c) their sigmoid.
    /// </summary>
    public static bool IsPossible(ModelOptions model) => model is
    {
        CustomType: null,
        Network: { Kind: Perceptron, Activation: Relu, ConditionSkip: false },
        Likelihood: null or Likelihoods.Bernoulli,
        Shape.Image: not null,
        LatentSize: > 0,
    };

    /// <summary>The number of weights of a model's decoder, without those of features.</summary>
    public static long CountWeights(ModelOptions model)
    {
        long[] sizes = [model.LatentSize, .. model.Network.Hidden.Reverse(), model.Shape.Size];
        return sizes.Zip(sizes.Skip(1), (inputs, outputs) => inputs * outputs).Sum();
    }

    /// <summary>Quantises a decoder.</summary>
    /// <param name="model">The options of a model for which it is possible.</param>
    /// <param name="weights">Its parameters by the names that the library gives them.</param>
    /// <param name="steps">See <see cref="QuantizedLayer.Of"/>.</param>
    /// <exception cref="InputException">A parameter is missing.</exception>
    public static HandDecoder Of(ModelOptions model, Pack weights, int steps = sbyte.MaxValue)
    {
        var first = weights[$"{Body}.dense0.weight"];
        var (codes, features) = Split(first.ToFloats(), first.Shape[1], model.LatentSize);
        var layers = new List<DenseLayer>();
        for (var weight = first; weight is not null; weight = weights.Find($"{Body}.dense{layers.Count}.weight"))
        {
            layers.Add(QuantizedLayer.Of(
                layers.Count == 0 ? codes : weight.ToFloats(), weights[$"{Body}.dense{layers.Count}.bias"].ToFloats(), steps));
        }

        return new HandDecoder(model, new DenseNetwork(layers), features);
    }

    /// <summary>The pack of the weights.</summary>
    public Pack ToPack()
    {
        var tensors = new List<PackTensor>();
        ModelPack.AddNetwork(tensors, Name, Network);
        var shape = _model.Shape.Image!.Value;
        return new Pack(Name, tensors, new Dictionary<string, string>
        {
            ["latent"] = Text(_model.LatentSize),
            ["channels"] = Text(shape.Channels),
            ["height"] = Text(shape.Height),
            ["width"] = Text(shape.Width),
        });
    }

    /// <summary>The pack of a condition: the first biases with its features in them, and the values that it gives.</summary>
    /// <param name="features">The features that the decoder sees; empty where it sees none.</param>
    /// <param name="given">A value, and which of its numbers are the condition and no output of the decoder; null for none.</param>
    public Pack ToPack(ReadOnlySpan<float> features, (float[] Values, bool[] IsGiven)? given)
    {
        var tensors = new List<PackTensor> { PackTensor.OfFloats($"{Name}.0.bias", BiasAt(features), Network.Layers[0].Outputs) };
        if (given is var (values, isGiven))
        {
            tensors.Add(PackTensor.OfBytes("isGiven", isGiven.Select(each => each ? (byte)1 : (byte)0).ToArray(), isGiven.Length));
            tensors.Add(PackTensor.OfFloats("given", values, values.Length));
        }

        return new Pack($"{Name}-condition", tensors, new Dictionary<string, string>());
    }

    /// <summary>The first biases at a condition.</summary>
    /// <exception cref="ArgumentException">The decoder sees more or fewer features.</exception>
    public float[] BiasAt(ReadOnlySpan<float> features)
    {
        if (features.Length != Features)
            throw new ArgumentException($"The decoder sees {Features} features, not {features.Length}.", nameof(features));
        float[] bias = [.. Network.Layers[0].Bias];
        for (var row = 0; row < bias.Length; row++)
        {
            var sum = 0.0;
            for (var i = 0; i < features.Length; i++)
                sum += (double)_featureWeights[row * features.Length + i] * features[i];
            bias[row] += (float)sum;
        }

        return bias;
    }

    private static (float[] OfCode, float[] OfFeatures) Split(float[] weights, int inputs, int latentSize) =>
        ([.. weights.Where((_, index) => index % inputs < latentSize)], [.. weights.Where((_, index) => index % inputs >= latentSize)]);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
