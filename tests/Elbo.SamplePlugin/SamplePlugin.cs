namespace Extending;

/// <summary>Registers the examples. Copies of the file with certain names behave as bad plug-ins do, after they have registered.</summary>
internal sealed class SamplePlugin : IElboPlugin
{
    public void Register()
    {
        Registrations.Register();
        switch (Path.GetFileNameWithoutExtension(typeof(SamplePlugin).Assembly.Location))
        {
            case "throws":
                throw new InvalidOperationException("The table of constants is missing.");
            case "taken":
                Likelihoods.Register("Bernoulli", _ => new BernoulliLikelihood());
                break;
            case "outdated":
                // What the runtime throws for a method that the library no longer has.
                throw new MissingMethodException("Method not found: 'Void Elbo.Likelihoods.Add()'.");
        }
    }
}
