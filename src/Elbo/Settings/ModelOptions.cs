using System.Text.Json.Serialization;

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
    public string Posterior { get; init; } = "gaussian";

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
    /// (<c>LikelihoodChoice.For</c>); where only their shape is known, for <c>bernoulli</c> for images and <c>gaussian-learned</c> for
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

    /// <summary>The type of a custom encoder, as recorded in a run.</summary>
    [JsonInclude]
    internal string? EncoderType { get; init; }

    /// <summary>The type of a custom decoder, as recorded in a run.</summary>
    [JsonInclude]
    internal string? DecoderType { get; init; }

    /// <summary>The type of a model that is not a <c>LatentVariableModel</c>, as recorded in a run.</summary>
    [JsonInclude]
    internal string? ModelType { get; init; }

    /// <summary>The type of a model or a module that only its author's program can build; null where Elbo builds all.</summary>
    [JsonIgnore]
    public string? CustomType => ModelType ?? EncoderType ?? DecoderType;

    /// <summary>
    /// The seed of the model's initial weights, as recorded in a run that was trained with another; null for the training's.
    /// </summary>
    [JsonInclude]
    internal ulong? WeightsSeed { get; init; }

    /// <summary>The values with their names, by the invariant culture.</summary>
    public override string ToString() => RecordText.Of(nameof(ModelOptions), PrintMembers);
}
