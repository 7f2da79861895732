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

    internal LatentVariableModel(ModelOptions options, Encoder encoder, Prior prior, Decoder decoder, Likelihood likelihood)
        : base(nameof(LatentVariableModel))
    {
        (Options, _encoder, Prior, _decoder, Likelihood) = (options, encoder, prior, decoder, likelihood);
        register_module("encoder", encoder);
        register_module("prior", prior);
        register_module("decoder", decoder);
        register_module("likelihood", likelihood);
        (prior as IEncoderPrior)?.Use(encoder);
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

    /// <summary>Whether the loss has a KL term: not where the code is a point, is drawn from the prior, or is not there at all.</summary>
    public bool HasKullbackLeibler => _encoder.HasKullbackLeibler;

    /// <summary>Whether the model infers a code from an image, by a q(z|x,c) of its own.</summary>
    public bool InfersCode => _encoder.SeesImage;

    /// <summary>Whether draws of z have a density to weigh them by.</summary>
    internal bool HasDensity => _encoder.HasDensity;

    /// <summary>How many examples may go through the decoder at once where that is free, so that its answer stays small.</summary>
    /// <param name="most">The number for images and likelihoods of ordinary size.</param>
    internal int ExamplesAtOnce(int most)
    {
        const long mostOutputs = 1 << 24;
        return (int)Math.Clamp(mostOutputs / ((long)Shape.Pixels * Likelihood.ParametersPerValue), 1, most);
    }

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
        options = options.Resolve();
        options.Validate();
        using var generator = RandomStream.Create(seed, RandomPurpose.Weights);
        var features = options.Condition?.FeatureCount ?? 0;
        var likelihood = Likelihoods.Create(options.Likelihood, options.Sigma);
        var imageFeatures = options.Condition?.ImageFeatureCount ?? 0;
        var layout = new NetworkLayout(
            options.Shape,
            features - imageFeatures,
            options.ConditionDecoder ? features : 0,
            options.ConditionDecoder ? imageFeatures : 0,
            likelihood.ParametersPerValue);
        var family = Networks.Find(options.Network.Kind);
        var encoderOutputs = options.LatentSize * Encoders.OutputsPerDimension(options.Posterior);
        var decoderOutputs = options.Shape.Pixels * likelihood.ParametersPerValue;

        var priorName = options.Prior ?? (options.Condition is null ? Priors.Standard : Priors.Mean);
        var prior = Priors.Create(priorName, options, features, generator);
        var hasNetwork = Encoders.OutputsPerDimension(options.Posterior) > 0;
        var encoderBody = !hasNetwork ? null : options.CustomEncoder ?? family.BuildEncoder(layout, encoderOutputs, options.Network, generator);
        var decoderBody = options.CustomDecoder ?? family.BuildDecoder(layout, options.LatentSize, options.Network, generator);
        var skip = options.Network.ConditionSkip ? new Dense(features, decoderOutputs, generator) : null;
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
            Encoders.Create(options.Posterior, encoderBody is null ? null : new ConditionedModule(encoderBody, encoderOutputs), prior),
            prior,
            new Decoder(new ConditionedModule(decoderBody, decoderOutputs), options.ConditionDecoder, skip),
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
    /// <param name="pixels">
    /// Images in 0..1, <c>[batch, values]</c>. Of the part that a region shows nothing is seen here: that comes from the features.
    /// </param>
    /// <param name="features">The condition's features, <c>[batch, features]</c>, or null without one.</param>
    /// <returns>The posterior of each example.</returns>
    public LatentDistribution Encode(Tensor pixels, Tensor? features) => Encode(pixels, features, null);

    /// <summary>The parameters of p(x|z,c).</summary>
    /// <param name="z">Codes, <c>[batch, latent]</c> or <c>[samples, batch, latent]</c>.</param>
    /// <param name="features">The condition's features, <c>[batch, features]</c>, or null without one.</param>
    /// <returns>What <see cref="Likelihood"/> reads, <c>[..., batch, parameters * values]</c>.</returns>
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
        Terms(batch.Pixels, Condition?.Features(batch), Condition?.Target(batch), epsilon, derivative);

    /// <summary>The terms of images x at conditions that are given by their features; only values under the target mask count.</summary>
    internal BoundTerms Terms(Tensor x, Tensor? features, Tensor? target, Tensor epsilon, BoundDerivative? derivative)
    {
        var posterior = Encode(x, features, derivative?.Encoder);
        var z = posterior.Sample(epsilon);
        var logDensity = LogDensity(z, x, features, target, derivative?.Decoder);
        var reconstruction = MeanOverDraws(-logDensity);
        var comparison = Prior.Compare(posterior, features, derivative?.Prior);
        derivative?.Remember(posterior, epsilon, comparison);
        PriorDensity? density = null;
        var divergence = HasKullbackLeibler ? comparison.KullbackLeibler ?? MonteCarloDivergence() : null;
        return new BoundTerms(reconstruction, divergence, comparison.Coordinates.detach())
        {
            WeighDraws = HasKullbackLeibler ? LogWeights : null,
            Relate = comparison.Relative is { } relative ? () => new RelativePosterior(relative(), epsilon) : null,
            DrawFromPrior = FromPrior,
        };

        Tensor LogWeights() => logDensity.Plus(LogPrior()) - posterior.LogDensityOfSample(epsilon);

        Tensor? MonteCarloDivergence()
        {
            if (!KlIsMonteCarlo)
                return null;
            var ratio = posterior.LogDensityOfSample(epsilon) - LogPrior();
            // One column: the whole code has a density, and no product of those of its dimensions.
            return MeanOverDraws(ratio).unsqueeze(-1);
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

        // The noise of the posterior's draws serves again: each of the two means is right by itself, and so is their sum.
        Tensor FromPrior()
        {
            if (derivative is null)
                return MeanOverDraws(-LogDensity(Prior.Sample(epsilon, features), x, features, target, null));
            var draws = Prior.Draw(epsilon, features, derivative.Prior.Aside());
            var aside = derivative.Remember(draws);
            return MeanOverDraws(-LogDensity(draws.Codes, x, features, target, aside));
        }
    }

    /// <summary>log p(x|z,c) of each draw.</summary>
    private Tensor LogDensity(Tensor z, Tensor x, Tensor? features, Tensor? target, DerivativeChain? chain)
    {
        var output = _decoder.Decode(z, features, chain);
        return chain is null ? Likelihood.LogDensity(output, x, target) : Likelihood.LogDensity(output, x, target, chain);
    }

    private static Tensor MeanOverDraws(Tensor perDraw) => perDraw.dim() == 2 ? perDraw.mean([0]) : perDraw;

    // x and a region's visible part fill one image between them: the encoder sees both in their place, and neither twice.
    private LatentDistribution Encode(Tensor x, Tensor? features, DerivativeChain? chain) =>
        Condition is null || features is null || !_encoder.SeesImage
        ? _encoder.Encode(x, features, chain)
        : _encoder.Encode(Condition.PutVisible(x, features), Condition.BesideImage(features), chain);
}
