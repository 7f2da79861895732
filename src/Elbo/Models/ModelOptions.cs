using System.Text.Json.Serialization;
using TorchSharp;

namespace Elbo;

/// <summary>The choices that make a model of the family: its code, networks, prior, likelihood and condition.</summary>
public sealed record ModelOptions
{
    /// <summary>The number of latent dimensions. Default: 20.</summary>
    public int LatentSize { get; init; } = 20;

    /// <summary>The family of q(z|x,c): <c>gaussian</c> (default), or <c>point</c> for an autoencoder.</summary>
    public string Posterior { get; init; } = Encoders.Gaussian;

    /// <summary>
    /// p(z|c): <c>standard</c> N(0, I), <c>mean</c> N(mu(c), I) or <c>mean-variance</c> N(mu(c), diag sigma²(c)). Without a condition also
    /// <c>mixture</c>, a learned mixture of Gaussians, and <c>vamp</c>, the mixture of the encoder's posteriors at learned pseudo-inputs. Null, the
    /// default, stands for <c>mean</c> where there is a condition and <c>standard</c> where there is none.
    /// </summary>
    public string? Prior { get; init; }

    /// <summary>
    /// How many Gaussians the prior <c>mixture</c> or <c>vamp</c> is made of. Null, the default, stands for 10 in <c>mixture</c> and 100 in
    /// <c>vamp</c>; other priors take nothing else.
    /// </summary>
    public int? PriorComponents { get; init; }

    /// <summary>p(x|z,c): <c>bernoulli</c> (default), <c>gaussian</c> or <c>gaussian-learned</c>.</summary>
    public string Likelihood { get; init; } = Likelihoods.Default;

    /// <summary>Sigma of a Gaussian likelihood, or the one from which it is learned; null for sqrt(1/2).</summary>
    public double? Sigma { get; init; }

    /// <summary>What the model is conditioned on; null for none.</summary>
    public Condition? Condition { get; init; }

    /// <summary>Whether the decoder sees the condition. Where it does not, the prior alone carries it. Default: true.</summary>
    public bool ConditionDecoder { get; init; } = true;

    /// <summary>The networks of encoder and decoder.</summary>
    public NetworkOptions Network { get; init; } = new();

    /// <summary>The images the model is for.</summary>
    public ImageShape Shape { get; init; }

    /// <summary>
    /// Your own encoder instead of <see cref="Network"/>: a TorchSharp module from images <c>[batch, values]</c> (and, with two inputs, the
    /// condition's features) to <c>[batch, 2 * LatentSize]</c>, the means and raw log-variances. The model disposes it. A module that draws
    /// random numbers, such as a dropout, takes them from TorchSharp's global generator: then a seed no longer gives the same run.
    /// </summary>
    [JsonIgnore]
    public torch.nn.Module? CustomEncoder { get; init; }

    /// <summary>
    /// Your own decoder instead of <see cref="Network"/>: a TorchSharp module from codes <c>[batch, LatentSize]</c> (and, with two inputs, the
    /// condition's features) to the likelihood's parameters <c>[batch, values * parameters]</c>. The model disposes it. For random numbers see
    /// <see cref="CustomEncoder"/>.
    /// </summary>
    [JsonIgnore]
    public torch.nn.Module? CustomDecoder { get; init; }

    /// <summary>The type of a custom encoder, as recorded in a run.</summary>
    [JsonInclude]
    internal string? EncoderType { get; init; }

    /// <summary>The type of a custom decoder, as recorded in a run.</summary>
    [JsonInclude]
    internal string? DecoderType { get; init; }

    /// <summary>The seed of the model's first weights, as recorded in a run that was trained with another; null for the training's.</summary>
    [JsonInclude]
    internal ulong? WeightsSeed { get; init; }

    /// <summary>Refuses choices that no model can be made of.</summary>
    internal void Validate()
    {
        if (LatentSize is < 1 or > 4096)
            throw new ConfigurationException($"A code of {LatentSize} dimensions is not possible: choose between 1 and 4096.");
        if (Shape.Pixels < 1)
            throw new ConfigurationException("The model has no image shape: give one with at least one channel, row and column.");
        if (Condition is null && !ConditionDecoder)
            throw new ConfigurationException("The decoder's condition is switched off, but the model has no condition at all.");
        Condition?.RequireComplete();
        Network.Validate();
    }
}
