using TorchSharp;
using static TorchSharp.torch;

namespace Elbo;

/// <summary>
/// q(z|x,c): from images (and the condition) to a distribution over codes. A new family of posteriors is one subclass and one line in
/// <see cref="Encoders"/>.
/// </summary>
internal abstract class Encoder(string name) : nn.Module(name)
{
    /// <summary>Whether the answer depends on the image. One that does not is given all features of the condition, a region's too.</summary>
    public virtual bool SeesImage => true;

    /// <summary>Whether the answer has a density, so that draws from it can be weighed.</summary>
    public virtual bool HasDensity => true;

    /// <summary>Whether its divergence from the prior is a term of the bound.</summary>
    public virtual bool HasKullbackLeibler => SeesImage && HasDensity;

    /// <summary>Encodes a batch. The chain, where there is one, begins with the gradient that <see cref="LatentDistribution"/> answers.</summary>
    public abstract LatentDistribution Encode(Tensor pixels, Tensor? features, DerivativeChain? chain = null);
}
