using TorchSharp;
using static TorchSharp.torch;

namespace Elbo;

/// <summary>
/// One model for the whole family: an encoder q(z|x,c), a prior p(z|c), a decoder and a likelihood p(x|z,c), put together. Autoencoder, VAE,
/// beta-VAE and conditional VAE are choices of these parts (<see cref="ModelOptions"/>), never other classes.
/// </summary>
public sealed partial class LatentVariableModel : nn.Module
{
    private readonly Encoder _encoder;
    private readonly Decoder _decoder;

    private LatentVariableModel(ModelOptions options, Encoder encoder, Prior prior, Decoder decoder, Likelihood likelihood)
        : base(nameof(LatentVariableModel))
    {
        (Options, _encoder, Prior, _decoder, Likelihood) = (options, encoder, prior, decoder, likelihood);
        register_module("encoder", encoder);
        register_module("prior", prior);
        register_module("decoder", decoder);
        register_module("likelihood", likelihood);
    }

    /// <summary>The choices the model is made of.</summary>
    public ModelOptions Options { get; }

    /// <summary>The objective the model's preset is trained with, where nothing else is said.</summary>
    public ObjectiveOptions DefaultObjective { get; private init; } = new();

    /// <summary>p(z|c).</summary>
    public Prior Prior { get; }

    /// <summary>p(x|z,c).</summary>
    public Likelihood Likelihood { get; }

    /// <summary>What the model is conditioned on, or null.</summary>
    public Condition? Condition => Options.Condition;

    /// <summary>The images the model is for.</summary>
    public ImageShape Shape => Options.Shape;

    /// <summary>The number of latent dimensions.</summary>
    public int LatentSize => Options.LatentSize;

    /// <summary>Whether the bound has a KL term: an autoencoder's has not.</summary>
    public bool HasKullbackLeibler => Options.Posterior != Encoders.Point;

    /// <summary>How many examples may go through the decoder at once where that is free, so that its answer stays small.</summary>
    /// <param name="most">The number for images and likelihoods of ordinary size.</param>
    internal int ExamplesAtOnce(int most)
    {
        const long mostOutputs = 1 << 24;
        return (int)Math.Clamp(mostOutputs / ((long)Shape.Pixels * Likelihood.ParametersPerValue), 1, most);
    }

    /// <summary>Puts a model together.</summary>
    /// <param name="options">Its parts.</param>
    /// <param name="seed">The seed of its first weights: the same seed gives the same weights.</param>
    /// <param name="defaultObjective">The objective it is trained with where nothing else is said.</param>
    /// <returns>The model, on the CPU.</returns>
    /// <exception cref="ConfigurationException">The parts do not fit each other.</exception>
    public static LatentVariableModel Create(ModelOptions options, ulong seed = 0, ObjectiveOptions? defaultObjective = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        using var generator = RandomStream.Create(seed, RandomPurpose.Weights);
        var features = options.Condition?.FeatureCount ?? 0;
        var likelihood = Likelihoods.Create(options.Likelihood, options.Sigma);
        var layout = new NetworkLayout(
            options.Shape, features, options.ConditionDecoder ? features : 0, likelihood.ParametersPerValue);
        var family = Networks.Find(options.Network.Kind);
        var encoderOutputs = options.LatentSize * Encoders.OutputsPerDimension(options.Posterior);
        var decoderOutputs = options.Shape.Pixels * likelihood.ParametersPerValue;

        var priorName = options.Prior ?? (options.Condition is null ? Priors.Standard : Priors.Mean);
        var prior = Priors.Create(priorName, features, options.LatentSize, generator);
        var encoderBody = options.CustomEncoder ?? family.BuildEncoder(layout, encoderOutputs, options.Network, generator);
        var decoderBody = options.CustomDecoder ?? family.BuildDecoder(layout, options.LatentSize, options.Network, generator);
        options = options with
        {
            Prior = priorName,
            EncoderType = options.CustomEncoder?.GetType().FullName,
            DecoderType = options.CustomDecoder?.GetType().FullName,
            WeightsSeed = seed,
        };
        var model = new LatentVariableModel(
            options,
            Encoders.Create(options.Posterior, new ConditionedModule(encoderBody, encoderOutputs)),
            prior,
            new Decoder(new ConditionedModule(decoderBody, decoderOutputs), options.ConditionDecoder),
            likelihood)
        {
            DefaultObjective = defaultObjective ?? new(),
        };
        // Only a training step is training: a user's dropout or batch normalisation must not act in anything else.
        model.eval();
        return model;
    }

    /// <summary>All that training changes, by name: the parameters, and the buffers that a user's modules keep (such as running means).</summary>
    internal IEnumerable<(string Name, Tensor Value)> NamedState() =>
        named_parameters().Select(named => (named.name, (Tensor)named.parameter))
            .Concat(named_buffers(include_nonpersistent: false).Select(named => (named.name, named.buffer)));

    /// <summary>q(z|x,c) for a batch.</summary>
    /// <param name="pixels">Images in 0..1, <c>[batch, values]</c>.</param>
    /// <param name="features">The condition's features, <c>[batch, features]</c>, or null without one.</param>
    /// <returns>The posterior of each example.</returns>
    public LatentDistribution Encode(Tensor pixels, Tensor? features) => _encoder.Encode(pixels, features);

    /// <summary>The parameters of p(x|z,c).</summary>
    /// <param name="z">Codes, <c>[batch, latent]</c> or <c>[samples, batch, latent]</c>.</param>
    /// <param name="features">The condition's features, <c>[batch, features]</c>, or null without one.</param>
    /// <returns>What <see cref="Likelihood"/> reads, <c>[..., batch, parameters * values]</c>.</returns>
    public Tensor Decode(Tensor z, Tensor? features) => _decoder.Decode(z, features);

    /// <summary>The two terms of the bound for each example, from one pass of the model.</summary>
    /// <param name="batch">The examples.</param>
    /// <param name="epsilon">
    /// Noise from N(0, I), <c>[batch, latent]</c>, or <c>[samples, batch, latent]</c> for a Monte Carlo mean over several draws of z.
    /// </param>
    /// <returns>The terms, in nats.</returns>
    public BoundTerms Terms(Batch batch, Tensor epsilon)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentNullException.ThrowIfNull(epsilon);
        return Terms(batch, epsilon, derivative: null);
    }

    /// <summary>The same with the way back, where <paramref name="derivative"/> is there to take it down; without it autograd may follow.</summary>
    internal BoundTerms Terms(Batch batch, Tensor epsilon, BoundDerivative? derivative)
    {
        var features = Condition?.Features(batch);
        var posterior = _encoder.Encode(batch.Pixels, features, derivative?.Encoder);
        var output = _decoder.Decode(posterior.Sample(epsilon), features, derivative?.Decoder);
        var logDensity = derivative is null
            ? Likelihood.LogDensity(output, batch.Pixels)
            : Likelihood.LogDensity(output, batch.Pixels, derivative.Decoder);
        var reconstruction = -(logDensity.dim() == 2 ? logDensity.mean([0]) : logDensity);
        var comparison = Prior.Compare(posterior, features, derivative?.Prior);
        derivative?.Remember(posterior, epsilon, comparison);
        return new BoundTerms(reconstruction, comparison.KullbackLeibler, comparison.Coordinates.detach());
    }
}
