namespace Elbo.Story;

/// <summary>
/// A model as the page has it: the weights of the networks in the page are those that the quantised ones stand for. Its networks are
/// fully connected with ReLUs, and its likelihood is Bernoulli.
/// </summary>
internal sealed class StoryModel
{
    private const string Relu = "relu";
    private const string Perceptron = "mlp";
    private const string EncoderName = "encoder.body";

    private StoryModel(string id, RunConfiguration configuration, StoryFigures? figures) =>
        (Id, Configuration, Figures) = (id, configuration, figures);

    /// <summary>Its name in the page.</summary>
    public string Id { get; }

    /// <summary>How it was trained.</summary>
    public RunConfiguration Configuration { get; }

    /// <summary>What is measured of it; null where nothing is.</summary>
    public StoryFigures? Figures { get; }

    /// <summary>Whether the page encodes images with it: else the encoder is not in the page and keeps its own weights.</summary>
    public bool EncodesInPage { get; private init; }

    /// <summary>From pixels, and the features of the condition, to the mean and the raw log-variance of q(z|x,c), or to a point.</summary>
    public required DenseNetwork Encoder { get; init; }

    /// <summary>From a code, and the features of the condition where it sees them, to logits.</summary>
    public required DenseNetwork Decoder { get; init; }

    /// <summary>From the features of the condition to the mean, and the raw log-variance, of p(z|c); null for N(0, I).</summary>
    public DenseNetwork? Prior { get; init; }

    /// <summary>The number of latent dimensions.</summary>
    public int LatentSize => Configuration.Model.LatentSize;

    /// <summary>Whether codes are points: an autoencoder.</summary>
    public bool IsPoint => Configuration.Model.Posterior == Posteriors.Point;

    /// <summary>Whether it has two latent dimensions and no condition.</summary>
    public bool IsPlane => LatentSize == 2 && Condition is null;

    /// <summary>The condition, or null.</summary>
    public Condition? Condition => Configuration.Model.Condition;

    /// <summary>Why the page cannot hold a model, as the end of a sentence; null where it can.</summary>
    public static string? FindObstacle(ModelOptions model) => model switch
    {
        { CustomType: not null } => "it has networks of its own",
        { Network.Kind: not Perceptron } or { Network.Activation: not Relu } or { Network.ConditionSkip: true } =>
            "its networks are not fully connected layers with ReLUs",
        { Likelihood: not (null or Likelihoods.Bernoulli) } => $"its likelihood is '{model.Likelihood}', not '{Likelihoods.Bernoulli}'",
        { Posterior: not (Posteriors.Gaussian or Posteriors.Point) } => $"its posterior is '{model.Posterior}'",
        { Prior: not (null or Priors.Standard or Priors.Mean or Priors.MeanVariance) } => $"its prior is '{model.Prior}'",
        { Condition: not (null or LabelCondition or RegionCondition) } => "it is conditioned on something other than a label or a region",
        _ => null,
    };

    /// <summary>Quantises a model.</summary>
    /// <param name="id">Its name in the page.</param>
    /// <param name="configuration">How it was trained.</param>
    /// <param name="figures">What is measured of it, or null.</param>
    /// <param name="weights">Its parameters by the names that the library gives them.</param>
    /// <param name="encodesInPage">Whether the page encodes images with it.</param>
    /// <exception cref="InputException">A parameter is missing.</exception>
    public static StoryModel Of(string id, RunConfiguration configuration, StoryFigures? figures, Pack weights, bool encodesInPage)
    {
        var options = configuration.Model;
        var hidden = (options.Condition as RegionCondition)?.VisiblePixels.Select(visible => !visible).ToArray();
        return new StoryModel(id, configuration, figures)
        {
            EncodesInPage = encodesInPage,
            Encoder = Network(EncoderName, unused: 0),
            Decoder = Network("decoder.body", unused: options.LatentSize),
            Prior = options.Condition is null || options.Prior == Priors.Standard ? null : Network("prior.parameters", unused: 0),
        };

        DenseNetwork Network(string name, int unused)
        {
            var layers = new List<DenseLayer>();
            while (weights.Find($"{name}.dense{layers.Count}.weight") is { } weight)
            {
                var values = weight.ToFloats();
                // What is hidden is zero among the features, so that its weights never count: as zeros they take no space.
                if (layers.Count == 0 && hidden is not null && name != EncoderName)
                    Clear(values, weight.Shape[1], unused, hidden);
                var bias = weights[$"{name}.dense{layers.Count}.bias"].ToFloats();
                layers.Add(name == EncoderName && !encodesInPage ? new DenseLayer(values, bias) : QuantizedLayer.Of(values, bias));
            }

            return layers.Count > 0
                ? new DenseNetwork(layers)
                : throw new InputException($"The weights of {id} lack its network '{name}'.");
        }
    }

    private static void Clear(float[] weights, int inputs, int first, bool[] hidden)
    {
        for (var start = 0; start < weights.Length; start += inputs)
        {
            for (var i = 0; i < hidden.Length; i++)
            {
                if (hidden[i])
                    weights[start + first + i] = 0;
            }
        }
    }

    /// <summary>The posterior of an image: its mean and its log-variance, which is null for a point.</summary>
    /// <param name="pixels">The image, and after it the features of the condition that the encoder sees.</param>
    public (double[] Mean, double[]? LogVariance) Encode(ReadOnlySpan<double> pixels)
    {
        var output = Encoder.Run(pixels);
        return IsPoint ? (output, null) : (output[..LatentSize], [.. output[LatentSize..].Select(Bounded)]);
    }

    /// <summary>The mean and the log-variance, which is null for the identity, of p(z|c).</summary>
    public (double[] Mean, double[]? LogVariance) PriorAt(ReadOnlySpan<double> features)
    {
        if (Prior is null)
            return (new double[LatentSize], null);
        var output = Prior.Run(features);
        return output.Length == LatentSize ? (output, null) : (output[..LatentSize], [.. output[LatentSize..].Select(Bounded)]);
    }

    // LogVarianceBound for numbers.
    private static double Bounded(double raw) => LogVarianceBound.Limit * Math.Tanh(raw / LogVarianceBound.Limit);
}
