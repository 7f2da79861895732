using TorchSharp;
using static TorchSharp.torch;

namespace Elbo;

/// <summary>
/// The models with one code z: an encoder q(z|x,c), a prior p(z|c), a decoder and a likelihood p(x|z,c). Autoencoder, VAE, beta-VAE and
/// conditional VAE are choices of these parts (<see cref="ModelOptions"/>), not subclasses.
/// </summary>
public sealed partial class LatentVariableModel : GenerativeModel
{
    private const string GroupName = "z";

    internal LatentVariableModel(ModelOptions options, Encoder encoder, Prior prior, Decoder decoder, Likelihood likelihood)
        : base(
            nameof(LatentVariableModel), options.Shape, likelihood, options.Condition,
            new LatentGroup(GroupName, options.LatentSize, encoder.Noise))
    {
        (Options, Encoder, Prior, Decoder) = (options, encoder, prior, decoder);
        register_module("encoder", encoder);
        register_module("prior", prior);
        register_module("decoder", decoder);
        (prior as IEncoderPrior)?.Use(encoder);
    }

    /// <summary>The options of the model.</summary>
    public ModelOptions Options { get; }

    /// <summary>p(z|c).</summary>
    public Prior Prior { get; }

    /// <inheritdoc/>
    public override bool InfersCode => Encoder.SeesImage;

    internal override ModelOptions Settings => Options;

    internal Encoder Encoder { get; }

    internal Decoder Decoder { get; }

    /// <inheritdoc/>
    public override ForwardPass Infer(Tensor x, Tensor? features, Noise noise)
    {
        ThrowIfTrainedElsewhere();
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(noise);
        var posterior = Encode(x, features);
        var prior = Prior.At(features);
        var z = posterior.Sample(noise[0]);
        var latent = new LatentVariable(GroupName, posterior, prior, noise[0], z) { HasKl = !Encoder.IsPrior && posterior.HasDensity };
        return new ForwardPass(Decode(z, features), [latent]);
    }

    /// <inheritdoc/>
    public override Tensor Generate(Tensor? features, Noise noise)
    {
        ThrowIfTrainedElsewhere();
        ArgumentNullException.ThrowIfNull(noise);
        return Decode(Prior.At(features).Sample(noise[0]), features);
    }

    /// <summary>q(z|x,c) for a batch.</summary>
    /// <param name="x">
    /// Values as the model sees them, <c>[batch, values]</c>. The part that is visible in a region is taken from the features instead.
    /// </param>
    /// <param name="features">The condition's features, <c>[batch, features]</c>, or null without one.</param>
    /// <returns>The posterior of each example. Its tensors belong to the caller's dispose scope.</returns>
    /// <exception cref="InvalidOperationException">Another thread trains the model.</exception>
    public LatentDistribution Encode(Tensor x, Tensor? features)
    {
        ThrowIfTrainedElsewhere();
        ArgumentNullException.ThrowIfNull(x);
        // x and the visible part of a region together form one image, so the encoder gets every pixel once.
        return Condition is null || features is null || !Encoder.SeesImage
            ? Encoder.Encode(x, features)
            : Encoder.Encode(VisiblePart.Overlay(Condition, x, features), VisiblePart.OtherFeatures(Condition, features));
    }

    /// <summary>The parameters of p(x|z,c).</summary>
    /// <param name="z">Codes, <c>[batch, latent]</c> or <c>[draws, batch, latent]</c>.</param>
    /// <param name="features">The condition's features, <c>[batch, features]</c>, or null without one.</param>
    /// <returns>
    /// The input of <see cref="GenerativeModel.Likelihood"/>, <c>[..., batch, parameters * values]</c>. The tensor belongs to the caller's
    /// dispose scope.
    /// </returns>
    /// <exception cref="InvalidOperationException">Another thread trains the model.</exception>
    public Tensor Decode(Tensor z, Tensor? features)
    {
        ThrowIfTrainedElsewhere();
        ArgumentNullException.ThrowIfNull(z);
        return Decoder.Decode(z, features);
    }

    /// <summary>Creates a model from its parts.</summary>
    /// <param name="options">Its parts.</param>
    /// <param name="seed">The seed of its initial weights: the same seed gives the same weights.</param>
    /// <param name="defaultObjective">The objective it is trained with where no other is given.</param>
    /// <param name="modules">Networks of your own, which the model then owns; null for those of the options.</param>
    /// <returns>The model, on the CPU.</returns>
    /// <exception cref="SettingsException">The parts are not compatible with each other.</exception>
    public static LatentVariableModel Create(
        ModelOptions options, ulong seed = 0, ObjectiveOptions? defaultObjective = null, CustomModules? modules = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        options = options.Resolve();
        options.Validate();
        if (modules?.Encoder is not null && Posteriors.OutputsPerDimension(options.Posterior) == 0)
            throw new SettingsException($"The posterior '{options.Posterior}' has no encoder: omit your own.");
        var noise = new WeightNoise(seed);
        var features = options.Condition?.FeatureCount ?? 0;
        var likelihood = Likelihoods.Create(
            options.Likelihood!, new LikelihoodContext(options.Shape, options.Sigma, options.Standardization is not null));
        var imageFeatures = options.Condition?.ImageFeatureCount ?? 0;
        var layout = new NetworkLayout(
            options.Shape,
            features - imageFeatures,
            options.ConditionDecoder ? features : 0,
            options.ConditionDecoder ? imageFeatures : 0,
            likelihood.ParametersPerValue,
            likelihood.OutputSize(options.Shape));
        var family = Networks.Find(options.Network.Kind);
        var encoderOutputs = options.LatentSize * Posteriors.OutputsPerDimension(options.Posterior);
        var decoderOutputs = likelihood.OutputSize(options.Shape);

        var priorName = options.Prior ?? (options.Condition is null ? Priors.Standard : Priors.Mean);
        var prior = Priors.Create(priorName, options, features, noise);
        var hasNetwork = Posteriors.OutputsPerDimension(options.Posterior) > 0;
        var encoderBody = !hasNetwork ? null : modules?.Encoder ?? family.BuildEncoder(layout, encoderOutputs, options.Network, noise);
        var decoderBody = modules?.Decoder ?? family.BuildDecoder(layout, options.LatentSize, options.Network, noise);
        var skip = options.Network.ConditionSkip ? new Dense(features, decoderOutputs, noise) : null;
        options = options with
        {
            Prior = priorName,
            PriorComponents = prior.Components,
            EncoderType = modules?.Encoder?.GetType().FullName,
            DecoderType = modules?.Decoder?.GetType().FullName,
            WeightsSeed = seed,
        };
        var model = new LatentVariableModel(
            options,
            Posteriors.Create(
                options.Posterior,
                new PosteriorContext(
                    encoderBody is null ? null : new ConditionedModule(encoderBody, encoderOutputs), prior, options.LatentSize)),
            prior,
            new Decoder(new ConditionedModule(decoderBody, decoderOutputs), options.ConditionDecoder, skip),
            likelihood)
        {
            DefaultObjective = defaultObjective ?? new(),
            Standardization = options.Standardization,
        };
        // Training mode is on only in training steps: a user's dropout or batch normalisation must not affect anything else.
        model.eval();
        return model;
    }
}
