using TorchSharp;
using TorchSharp.Utils;
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

    // Zeros and ones, [1, values]: ones where an image is hidden, scored and generated. Null where all of it is.
    [ComponentName(Name = "hidden")]
    private readonly Tensor? _hidden;

    internal LatentVariableModel(ModelOptions options, Encoder encoder, Prior prior, Decoder decoder, Likelihood likelihood)
        : base(nameof(LatentVariableModel))
    {
        (Options, _encoder, Prior, _decoder, Likelihood) = (options, encoder, prior, decoder, likelihood);
        register_module("encoder", encoder);
        register_module("prior", prior);
        register_module("decoder", decoder);
        register_module("likelihood", likelihood);
        (prior as IEncoderPrior)?.Use(encoder);
        if (options.Condition?.Hidden(options.Shape) is not { } hidden)
            return;
        _hidden = tensor(hidden.Select(value => value ? 1f : 0f).ToArray(), [1, hidden.Count], float32).DetachFromDisposeScope();
        register_buffer("hidden", _hidden, persistent: false);
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

    /// <summary>
    /// Whether that term is an estimate from the draws of z, log q(z|x,c) - log p(z|c), because the prior has no closed form of it: then it is one
    /// number for each example, and has no parts for single dimensions.
    /// </summary>
    public bool KlIsMonteCarlo => HasKullbackLeibler && Prior is not GaussianPrior;

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
        var features = options.Condition?.FeatureCount(options.Shape) ?? 0;
        var likelihood = Likelihoods.Create(options.Likelihood, options.Sigma);
        var layout = new NetworkLayout(
            options.Shape, features, options.ConditionDecoder ? features : 0, likelihood.ParametersPerValue);
        var family = Networks.Find(options.Network.Kind);
        var encoderOutputs = options.LatentSize * Encoders.OutputsPerDimension(options.Posterior);
        var decoderOutputs = options.Shape.Pixels * likelihood.ParametersPerValue;

        var priorName = options.Prior ?? (options.Condition is null ? Priors.Standard : Priors.Mean);
        var prior = Priors.Create(priorName, options, features, generator);
        var encoderBody = options.CustomEncoder ?? family.BuildEncoder(layout, encoderOutputs, options.Network, generator);
        var decoderBody = options.CustomDecoder ?? family.BuildDecoder(layout, options.LatentSize, options.Network, generator);
        options = options with
        {
            Prior = priorName,
            PriorComponents = (prior as ComponentPrior)?.Components,
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

    /// <summary>
    /// q(z|x,c) for a batch. For a condition on a region x is the hidden part alone: what is visible enters as the condition.
    /// </summary>
    /// <param name="pixels">Images in 0..1, <c>[batch, values]</c>.</param>
    /// <param name="features">The condition's features, <c>[batch, features]</c>, or null without one.</param>
    /// <returns>The posterior of each example.</returns>
    public LatentDistribution Encode(Tensor pixels, Tensor? features) => _encoder.Encode(HiddenPart(pixels), features);

    /// <summary>The parameters of p(x|z,c).</summary>
    /// <param name="z">Codes, <c>[batch, latent]</c> or <c>[samples, batch, latent]</c>.</param>
    /// <param name="features">The condition's features, <c>[batch, features]</c>, or null without one.</param>
    /// <returns>What <see cref="Likelihood"/> reads, <c>[..., batch, values * parameters]</c>.</returns>
    public Tensor Decode(Tensor z, Tensor? features) => _decoder.Decode(z, features);

    /// <summary>The same with the way back, or at least in the memory of a workspace.</summary>
    internal Tensor Decode(Tensor z, Tensor? features, DerivativeChain? chain) => _decoder.Decode(z, features, chain);

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
    internal BoundTerms Terms(Batch batch, Tensor epsilon, BoundDerivative? derivative) =>
        Terms(batch.Pixels, Features(batch), epsilon, derivative);

    /// <summary>The same from images and features: of the images only what the condition hides counts.</summary>
    internal BoundTerms Terms(Tensor pixels, Tensor? features, Tensor epsilon, BoundDerivative? derivative)
    {
        var posterior = _encoder.Encode(HiddenPart(pixels), features, derivative?.Encoder);
        var z = posterior.Sample(epsilon);
        var output = _decoder.Decode(z, features, derivative?.Decoder);
        var logDensity = derivative is null
            ? Likelihood.LogDensity(output, pixels, _hidden)
            : Likelihood.LogDensity(output, pixels, _hidden, derivative.Decoder);
        var reconstruction = -(logDensity.dim() == 2 ? logDensity.mean([0]) : logDensity);
        var comparison = Prior.Compare(posterior, features, derivative?.Prior);
        derivative?.Remember(posterior, epsilon, comparison);
        PriorDensity? density = null;
        return new BoundTerms(reconstruction, comparison.KullbackLeibler ?? MonteCarloDivergence(), comparison.Coordinates.detach())
        {
            WeighDraws = HasKullbackLeibler ? LogWeights : null,
            Relate = comparison.Relative is { } relative ? () => new RelativePosterior(relative(), epsilon) : null,
        };

        Tensor LogWeights() => logDensity + LogPrior() - posterior.LogDensityOfSample(epsilon);

        Tensor? MonteCarloDivergence()
        {
            if (!KlIsMonteCarlo)
                return null;
            var ratio = posterior.LogDensityOfSample(epsilon) - LogPrior();
            // One column: the whole code has a density, and no product of those of its dimensions.
            return (ratio.dim() == 2 ? ratio.mean([0]) : ratio).unsqueeze(-1);
        }

        Tensor LogPrior()
        {
            if (density is null)
            {
                density = comparison.Density(z);
                derivative?.Remember(density);
            }

            return density.LogDensity;
        }
    }

    /// <summary>The condition's features of a batch, or null without a condition.</summary>
    internal Tensor? Features(Batch batch) => Condition?.Features(batch, Shape);

    /// <summary>log p(x|z,c) of what the condition hides, or of all.</summary>
    internal Tensor LogDensity(Tensor output, Tensor pixels) => Likelihood.LogDensity(output, pixels, _hidden);

    private Tensor HiddenPart(Tensor pixels) => _hidden is null ? pixels : pixels * _hidden;
}
