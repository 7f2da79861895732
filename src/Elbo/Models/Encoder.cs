using TorchSharp;
using static TorchSharp.torch;

namespace Elbo;

/// <summary>
/// q(z|x,c): from images (and the condition) to a distribution over codes. A new family of posteriors is one subclass and one call of
/// <see cref="Posteriors.Register"/>.
/// </summary>
/// <param name="name">The name of the module.</param>
public abstract class Encoder(string name) : nn.Module(name)
{
    /// <summary>
    /// Whether the posterior depends on the image. One that does not gets all features of the condition, including those of a region.
    /// </summary>
    public virtual bool SeesImage => true;

    /// <summary>Whether the posterior is the prior itself, so that their divergence is no term of the bound.</summary>
    public virtual bool IsPrior => false;

    /// <summary>The noise that draws from the posterior are made of.</summary>
    public virtual NoiseKind Noise => NoiseKind.Normal;

    /// <summary>The posterior of each example.</summary>
    /// <param name="pixels">Images, <c>[batch, values]</c>.</param>
    /// <param name="features">The condition's features, <c>[batch, features]</c>, or null without one.</param>
    /// <returns>The posterior; its tensors belong to the caller's dispose scope.</returns>
    public abstract LatentDistribution Encode(Tensor pixels, Tensor? features);

    /// <summary>Adds the posterior to a computation graph; without it a model with this encoder cannot be exported.</summary>
    /// <param name="pixels">Images, <c>[batch, values]</c>.</param>
    /// <param name="features">The condition's features, <c>[batch, features]</c>, or null without one.</param>
    /// <returns>The posterior of each example, as <see cref="Encode"/> computes it.</returns>
    /// <exception cref="SettingsException">The encoder does not describe itself.</exception>
    public virtual GraphDistribution Describe(GraphValue pixels, GraphValue? features) => throw NotDescribed.Of(this, nameof(Describe));
}
