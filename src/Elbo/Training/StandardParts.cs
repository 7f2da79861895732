using TorchSharp;

namespace Elbo;

/// <summary>
/// The parts of a model whose gradients are written out: perceptrons as encoder and decoder, a Gaussian or point posterior, a standard or
/// conditional Gaussian prior.
/// </summary>
/// <param name="Model">The model.</param>
/// <param name="Encoder">From values to the parameters of the posterior.</param>
/// <param name="Decoder">From codes to the parameters of the likelihood.</param>
/// <param name="Prior">The conditional prior; null for N(0, I).</param>
internal sealed record StandardParts(
    LatentVariableModel Model, MultilayerPerceptron Encoder, MultilayerPerceptron Decoder, ConditionalPrior? Prior)
{
    /// <summary>The parts of a model, or null if it has others, or an objective that looks at more than the mean terms.</summary>
    public static StandardParts? Find(GenerativeModel model, WeightedObjective objective) =>
        model is LatentVariableModel { Encoder: GaussianEncoder or PointEncoder } latent
        && !objective.HasAuxiliary
        && latent.Prior is StandardPrior or ConditionalPrior
        && latent.Decoder is { Skip: null, Body.Module: MultilayerPerceptron decoder }
        && latent.Encoder is NetworkEncoder { Body.Module: MultilayerPerceptron encoder }
        // A parameter that is frozen gets no gradient from autograd.
        && latent.parameters().All(parameter => parameter.requires_grad)
            ? new StandardParts(latent, encoder, decoder, latent.Prior as ConditionalPrior)
            : null;

    /// <summary>Whether the posterior is a Gaussian; else it is a point, without a KL term.</summary>
    public bool IsGaussian => Model.Encoder is GaussianEncoder;

    /// <summary>The networks, in the order in which parameters are registered.</summary>
    public IEnumerable<MultilayerPerceptron> Networks => Prior is null ? [Encoder, Decoder] : [Encoder, Prior.Network, Decoder];
}
