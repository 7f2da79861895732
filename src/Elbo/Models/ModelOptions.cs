using System.Text.Json.Serialization;
using TorchSharp;

namespace Elbo;

/// <summary>The options of a model: latent code, networks, prior, likelihood and condition.</summary>
public sealed record ModelOptions
{
    /// <summary>The number of latent dimensions. Default: 20; always 0 for the posterior <c>none</c>.</summary>
    public int LatentSize { get; init; } = 20;

    /// <summary>
    /// The family of q(z|x,c): <c>gaussian</c> (default); <c>point</c> for an autoencoder; <c>prior</c> for codes that are drawn from
    /// p(z|c) in training too (GSNN); <c>none</c> for no code at all, a network that predicts x from c. All but the first have no KL term
    /// and are trained with the objective <c>reconstruction</c>.
    /// </summary>
    public string Posterior { get; init; } = Posteriors.Gaussian;

    /// <summary>
    /// p(z|c): <c>standard</c> N(0, I), <c>mean</c> N(mu(c), I) or <c>mean-variance</c> N(mu(c), diag sigma²(c)). Without a condition also
    /// <c>mixture</c>, a learned mixture of Gaussians, and <c>vamp</c>, the mixture of the encoder's posteriors at learned pseudo-inputs.
    /// Null, the default, stands for <c>mean</c> where there is a condition and <c>standard</c> where there is none.
    /// </summary>
    public string? Prior { get; init; }

    /// <summary>
    /// The number of components of the prior <c>mixture</c> or <c>vamp</c>. Null, the default, stands for 10 in <c>mixture</c> and 100 in
    /// <c>vamp</c>; it must be null for other priors.
    /// </summary>
    public int? PriorComponents { get; init; }

    /// <summary>
    /// p(x|z,c): <c>bernoulli</c>, <c>continuous-bernoulli</c>, <c>gaussian</c>, <c>gaussian-learned</c>, <c>gaussian-per-pixel</c>, and
    /// over 256 grey levels <c>discretized-logistic</c> or <c>categorical</c>. Null, the default, stands for the one that fits the values
    /// (<see cref="For(Dataset)"/>); where only their shape is known, for <c>bernoulli</c> for images and <c>gaussian-learned</c> for
    /// others.
    /// </summary>
    public string? Likelihood { get; init; }

    /// <summary>Sigma of a Gaussian likelihood, or the one from which it is learned; null for sqrt(1/2).</summary>
    public double? Sigma { get; init; }

    /// <summary>What the model is conditioned on; null for none.</summary>
    public Condition? Condition { get; init; }

    /// <summary>Whether the decoder gets the condition. If not, only the prior depends on it. Default: true.</summary>
    public bool ConditionDecoder { get; init; } = true;

    /// <summary>How the model standardises values, in float64, before it sees them; null, the default, for not at all.</summary>
    public Standardization? Standardization { get; init; }

    /// <summary>The networks of encoder and decoder.</summary>
    public NetworkOptions Network { get; init; } = new();

    /// <summary>The shape of the values the model is for.</summary>
    public ValueShape Shape { get; init; }

    /// <summary>
    /// Your own encoder instead of <see cref="Network"/>: a TorchSharp module from images <c>[batch, values]</c> (and, with two inputs, the
    /// condition's features; those of a region are in their place in the image, and null stands for no others) to
    /// <c>[batch, 2 * LatentSize]</c>, the means and raw log-variances. The model disposes it. A module that draws
    /// random numbers, such as a dropout, takes them from TorchSharp's global generator: then a seed no longer gives the same run.
    /// </summary>
    [JsonIgnore]
    public torch.nn.Module? CustomEncoder { get; init; }

    /// <summary>
    /// Your own decoder instead of <see cref="Network"/>: a TorchSharp module from codes <c>[batch, LatentSize]</c> (and, with two inputs,
    /// the condition's features) to the likelihood's parameters <c>[batch, parameters * values]</c>, in the order that
    /// <see cref="Elbo.Likelihood"/> describes. The model disposes it. For random numbers see <see cref="CustomEncoder"/>.
    /// </summary>
    [JsonIgnore]
    public torch.nn.Module? CustomDecoder { get; init; }

    /// <summary>The type of a custom encoder, as recorded in a run.</summary>
    [JsonInclude]
    internal string? EncoderType { get; init; }

    /// <summary>The type of a custom decoder, as recorded in a run.</summary>
    [JsonInclude]
    internal string? DecoderType { get; init; }

    /// <summary>The type of a model that is not a <see cref="LatentVariableModel"/>, as recorded in a run.</summary>
    [JsonInclude]
    internal string? ModelType { get; init; }

    /// <summary>The type of a model or a module that only its author's program can build; null where Elbo builds all.</summary>
    [JsonIgnore]
    public string? CustomModules => ModelType ?? EncoderType ?? DecoderType;

    /// <summary>
    /// The seed of the model's initial weights, as recorded in a run that was trained with another; null for the training's.
    /// </summary>
    [JsonInclude]
    internal ulong? WeightsSeed { get; init; }

    /// <summary>The same options with what they leave open taken from data: shape, condition, likelihood and standardisation.</summary>
    /// <param name="data">The dataset a model is to be trained on.</param>
    /// <returns>Complete options.</returns>
    /// <exception cref="InputException">The data lacks the condition, or has a value that is not finite.</exception>
    /// <exception cref="SettingsException">The options are for values of another shape.</exception>
    public ModelOptions For(Dataset data)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (Shape != default && Shape != data.Shape)
            throw new SettingsException($"The options are for values of {Shape}, but {data.Name} has values of {data.Shape}.");
        var options = this with { Shape = data.Shape, Condition = Condition?.For(data) };
        if (Likelihood is not null && Standardization is not null)
            return options;
        var choice = LikelihoodChoice.For(data.Train);
        return options with
        {
            Likelihood = Likelihood ?? choice.Likelihood,
            // A likelihood that was asked for may need values as they are.
            Standardization = Standardization ?? (choice.Standardize && !Likelihoods.IsBounded(Likelihood ?? choice.Likelihood)
                ? Elbo.Standardization.Of(data.Train)
                : null),
        };
    }

    /// <summary>Rejects invalid options.</summary>
    internal void Validate()
    {
        if (Posterior == Posteriors.None)
            EnsurePredictable();
        else if (LatentSize is < 1 or > 4096)
            throw new SettingsException($"A code of {LatentSize} dimensions is not possible: choose between 1 and 4096.");
        if (Shape.Size < 1)
            throw new SettingsException("The model has no shape of values: give that of the data.");
        if (Condition is null && !ConditionDecoder)
            throw new SettingsException("The decoder's condition is switched off, but the model has no condition at all.");
        if (Network.ConditionSkip && (Condition is null || !ConditionDecoder))
            throw new SettingsException(
                "A skip connection goes from the condition to the image: it requires a condition that the decoder gets.");
        if (CustomEncoder is not null && Posteriors.OutputsPerDimension(Posterior) == 0)
            throw new SettingsException($"The posterior '{Posterior}' has no encoder: omit your own.");
        if (Standardization is not null && Standardization.Mean.Count != Shape.Size)
        {
            throw new SettingsException(
                $"The standardisation is of {Standardization.Mean.Count} numbers, but the values are {Shape}: give one "
                + "mean for each number.");
        }

        Condition?.Validate(Shape);
        Network.Validate();
    }

    private void EnsurePredictable()
    {
        if (Condition is null || !ConditionDecoder)
            throw new SettingsException(
                "A model without a code predicts the image from the condition: give it one that the decoder gets.");
        if (LatentSize != 0 || Prior != Priors.Standard)
            throw new SettingsException("The posterior 'none' has a code of 0 dimensions and the prior 'standard'.");
    }

    /// <summary>The same options with a likelihood, and with size and prior normalised for a model without a code.</summary>
    internal ModelOptions Resolve()
    {
        var options = this with
        {
            Likelihood = Likelihood is null
                ? Shape.Image is null ? Likelihoods.GaussianLearned : Likelihoods.Bernoulli
                : Likelihoods.NameOf(Likelihood),
            Posterior = Posteriors.NameOf(Posterior),
            Prior = Prior is null ? null : Priors.NameOf(Prior),
            Network = Network with { Kind = Networks.NameOf(Network.Kind), Activation = Activations.NameOf(Network.Activation) },
        };
        return options.Posterior == Posteriors.None ? options with { LatentSize = 0, Prior = Priors.Standard } : options;
    }

    /// <summary>The values with their names, by the invariant culture.</summary>
    public override string ToString() => RecordText.Of(nameof(ModelOptions), PrintMembers);
}
