using TorchSharp;
using static TorchSharp.torch;

namespace Elbo;

/// <summary>
/// p(z|c): from a condition to the distribution that codes are drawn from. Sampling, densities and divergences belong to the distribution
/// it returns. A new prior is one subclass and one call of
/// <see cref="Priors.Register"/>.
/// </summary>
/// <remarks>
/// Tensors that it returns, and those that it makes on the way, belong to the dispose scope of the caller (<c>torch.NewDisposeScope()</c>).
/// Without one the caller disposes what is returned, and the rest waits for the garbage collector, which does not see how large it is.
/// </remarks>
public abstract class Prior : nn.Module
{
    /// <summary>Creates a prior.</summary>
    /// <param name="name">The name of the module.</param>
    protected Prior(string name)
        : base(name)
    {
    }

    /// <summary>The number of components of a mixture; null for a prior that is not a mixture.</summary>
    public virtual int? Components => null;

    /// <summary>
    /// The prior at given conditions. Its <see cref="LatentDistribution.Sample"/> is an exact draw, for the Gaussian priors
    /// z = mu_p(c) + sigma_p(c) · epsilon: samples that share a style share epsilon, not z.
    /// </summary>
    /// <param name="features">The condition's features, <c>[batch, features]</c>, or null without one.</param>
    /// <returns>One distribution per condition, or one that broadcasts over the batch.</returns>
    public abstract LatentDistribution At(Tensor? features);

    /// <summary>Adds the prior to a computation graph; without it a model with this prior cannot be exported.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="features">The condition's features, <c>[batch, features]</c>, or null without one.</param>
    /// <returns>What <see cref="At"/> computes.</returns>
    /// <exception cref="SettingsException">The prior does not describe itself.</exception>
    public virtual GraphDistribution Describe(GraphBuilder graph, GraphValue? features) => throw NotDescribed.Of(this, nameof(Describe));
}
