namespace Elbo;

/// <summary>
/// What an assembly has so that <c>elbo --plugin FILE.dll</c> and <see cref="Plugins.Load"/> find its likelihoods, priors, posteriors,
/// networks, conditions and objectives: a class that registers them, with a constructor without parameters. Neither need be public.
/// </summary>
/// <example>
/// <code>
/// internal sealed class Plugin : IElboPlugin
/// {
///     public void Register() => Likelihoods.Register("laplacian", context => new LaplacianLikelihood(context.Sigma));
/// }
/// </code>
/// </example>
public interface IElboPlugin
{
    /// <summary>
    /// Registers the names. It is called once, on the thread that loads the plug-in; if it throws, what it has registered on that thread is
    /// taken back.
    /// </summary>
    void Register();
}
