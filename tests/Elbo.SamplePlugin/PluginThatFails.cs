namespace Extending;

/// <summary>Does nothing, unless the file has one of these names: copies of it then behave as bad plug-ins do.</summary>
internal sealed class PluginThatFails : IElboPlugin
{
    public void Register()
    {
        var name = Path.GetFileNameWithoutExtension(typeof(PluginThatFails).Assembly.Location);
        if (name is not ("throws" or "taken" or "outdated"))
            return;
        Likelihoods.Register("half-registered", _ => new BernoulliLikelihood());
        if (name == "throws")
            throw new InvalidOperationException("The table of constants is missing.");
        if (name == "taken")
            Likelihoods.Register("Bernoulli", _ => new BernoulliLikelihood());
        // What the runtime throws for a method that the library no longer has.
        throw new MissingMethodException("Method not found: 'Void Elbo.Likelihoods.Add()'.");
    }
}
